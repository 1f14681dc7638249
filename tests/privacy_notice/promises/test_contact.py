"""C53: it is kept, and broken when the settings or the page lose the contact person."""

import pytest

from register.models import Controller
from tests.privacy_notice.promises.world import cases, is_broken_by, named


def emptied(name):
    def empty(world):
        Controller.objects.update(**{name: ""})

    empty.__name__ = f"empty {name}"
    return empty


def off_the_page(world):
    world.without_part("contact_person")


BREAKS = {
    "C53": (
        emptied("contact_name"),
        emptied("contact_street_address"),
        emptied("contact_city"),
        emptied("contact_phone"),
        emptied("contact_email"),
        off_the_page,
    )
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)

"""C05–C08: each is kept, and broken when the settings or the page lose the fact."""

import pytest

from register.models import Controller
from tests.privacy_notice.promises.world import cases, is_broken_by, named


def emptied(name):
    def empty(world):
        Controller.objects.update(**{name: ""})

    empty.__name__ = f"empty {name}"
    return empty


def off_the_page(world):
    world.without_part("controller")


def at_the_contact_persons(world):
    Controller.objects.update(street_address=world.controller.contact_street_address)


def mistyped(world):
    Controller.objects.update(business_id="1937104-8")


def gone_from_the_settings(world):
    """What was published stays, and is not what the settings say now."""
    Controller.objects.update(street_address="Toinen katu 1")


BREAKS = {
    "C05": (emptied("name"), off_the_page),
    "C06": (
        emptied("street_address"),
        emptied("city"),
        at_the_contact_persons,
        gone_from_the_settings,
    ),
    "C07": (emptied("business_id"), mistyped, off_the_page),
    "C08": (emptied("email"), emptied("phone"), emptied("website"), off_the_page),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)

"""C01–C03: each is kept, and broken when what it stands on is."""

import pytest
from wagtail.models import PageViewRestriction

from privacy_notice.models import PrivacyNoticePage
from register.wagtail_admin.operations.home.name import NamePanel
from tests.privacy_notice.promises.world import cases, is_broken_by, named


def unpublished(world):
    """As only the database lets it be: the notice's guards refuse it."""
    PrivacyNoticePage.objects.update(live=False)


def behind_a_login(world):
    restriction = PageViewRestriction(page=world.page, restriction_type="login")
    PageViewRestriction.objects.bulk_create([restriction])


def emptied(world):
    world.edit(lambda sections: sections[:3])


def without_the_law(world):
    world.without_part("law")


def with_the_repealed_act(world):
    world.publish(intro=world.page.intro + "<p>Henkilötietolaki 523/1999</p>")


def without_the_name(world):
    world.without_part("register_name")


def without_it_on_the_first_screen(world):
    world.monkeypatch.setattr(NamePanel, "get_context_data", lambda self, context: {})


def with_another_on_the_first_screen(world):
    other = {"name": "Asiakasrekisteri"}
    world.monkeypatch.setattr(NamePanel, "get_context_data", lambda self, context: other)


BREAKS = {
    "C01": (unpublished, behind_a_login, emptied),
    "C02": (without_the_law, with_the_repealed_act),
    "C03": (
        without_the_name,
        without_it_on_the_first_screen,
        with_another_on_the_first_screen,
    ),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)


def test_without_a_name_there_is_nothing_to_look_at(world):
    """C03."""
    facts = world.controller
    facts.register_name = ""
    facts.save()
    assert "no name" in world.look("C03").evidence["en"]

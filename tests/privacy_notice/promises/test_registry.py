"""Which promises there are, and that each can be broken."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from privacy_notice.models import StoredPage
from privacy_notice.models.states import State
from privacy_notice.promises import registry
from privacy_notice.promises.registry import CHAPTERS, promises
from privacy_notice.watch.verifying import look_at_all
from tests.privacy_notice.promises.world import EMAIL, NAME

ALL = [f"C{number:02}" for number in range(1, 56)]


def breaks():
    """Every way to break a promise that a test of a chapter knows."""
    found = {}
    for chapter in CHAPTERS:
        if chapter != "rights":
            found |= import_module(f"tests.privacy_notice.promises.test_{chapter}").BREAKS
    return found


def test_each_clause_is_declared_once_and_in_the_order_of_the_notice():
    assert sorted(promises()) == ALL
    chapters = [promise.chapter for promise in promises().values()]
    assert list(dict.fromkeys(chapters)) == list(CHAPTERS)
    assert len(CHAPTERS) == 11


def test_each_promise_that_can_be_kept_is_broken_by_a_test():
    """One without a break-it test could not be told from one that always passes."""
    looked_at = {
        clause for clause, promise in promises().items() if promise.check or promise.by_hand
    }
    assert set(breaks()) == looked_at


def test_what_is_not_looked_at_names_what_is_missing():
    for promise in promises().values():
        assert promise.check or promise.missing, promise.clause
        if promise.missing and not promise.by_hand:
            assert promise.standing in ("partly", "not yet")


def test_no_clause_is_declared_twice():
    with pytest.raises(ValueError, match="twice"):
        registry.promise("C01", "x", seen_at=promises()["C01"].seen_at)(lambda look: None)


@pytest.mark.django_db
def test_on_an_empty_database_nothing_is_kept():
    outcomes = look_at_all(now=timezone.now())
    assert [outcome.promise.clause for outcome in outcomes] == list(promises())
    for outcome in outcomes:
        assert outcome.state in (State.BROKEN, State.NOT_YET), outcome.promise.clause
        assert "could not be looked at" not in outcome.evidence["en"], outcome.evidence["en"]


@pytest.mark.django_db
@pytest.mark.usefixtures("site_content")
def test_a_page_without_a_register_shows_what_stands_on_the_page_and_no_more():
    shown = {
        each.promise.clause for each in look_at_all(now=timezone.now()) if each.state == "kept"
    }
    assert shown == {"C01", "C02", "C03", "C05", "C06", "C07", "C08", "C53"}


def test_nothing_of_anybody_is_told(world):
    people = [
        word
        for user in world.people.values()
        for word in (user.username, user.first_name, user.last_name, user.email)
    ]
    for outcome in look_at_all(now=timezone.now()):
        assert set(outcome.evidence) == {"fi", "sv", "en"}
        for told in outcome.evidence.values():
            assert told
            assert not [each for each in (NAME, EMAIL, *people) if each in told]


def test_looking_changes_nothing(world):
    """Not a row of the register, its log included."""

    def rows():
        return {
            model: list(model._base_manager.order_by("pk").values())
            for app in ("register", "privacy_notice", "auth", "sessions")
            for model in apps.get_app_config(app).get_models()
            if model is not StoredPage  # a copy of what everyone reads, kept for the next reader
        }

    before = rows()
    look_at_all(now=timezone.now())
    assert rows() == before


def test_one_that_fails_stops_no_other(world):
    """And its reason tells of nobody."""
    world.monkeypatch.setattr(
        "privacy_notice.promises.retention.left",
        lambda today: (_ for _ in ()).throw(ValueError(f"{NAME} {EMAIL}")),
    )
    outcomes = {each.promise.clause: each for each in look_at_all(now=timezone.now())}
    assert outcomes["C44"].state == "broken"
    assert outcomes["C44"].evidence["fi"].count("ValueError") == 1
    assert NAME not in str(outcomes["C44"].evidence)
    assert outcomes["C45"].state == "kept"

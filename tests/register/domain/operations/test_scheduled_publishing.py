"""What editors schedule happens, and one page that fails stops no other."""

from datetime import timedelta

import pytest
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.models import HomePage
from register.domain.operations.scheduled_publishing import publish_due

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(hours=1)
SECRET = "Salainen Nimi"


@pytest.fixture
def clock(monkeypatch):
    """Move the clock to a moment, for Wagtail as well, and do what is due."""

    def move(now):
        monkeypatch.setattr(timezone, "now", lambda: now)
        return publish_due(now=now)

    return move


@pytest.fixture
def failing():
    """A page's slug, for which whoever listens to publishing fails."""
    slugs = set()

    @receiver([page_published, page_unpublished])
    def fail(instance, **kwargs):
        if instance.slug in slugs:
            raise ValueError(SECRET)

    yield slugs
    page_published.disconnect(fail)
    page_unpublished.disconnect(fail)


def page(slug, **schedule):
    """A page as an editor leaves it after choosing "schedule to publish"."""
    made = HomePage(title=slug, slug=slug, lead="x", live="go_live_at" not in schedule, **schedule)
    Page.objects.get(depth=1).add_child(instance=made)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def state(made):
    made.refresh_from_db()
    return (made.live, made.expired)


def test_a_page_goes_live_at_its_moment_and_expires_at_another(clock):
    made = page("sivu", go_live_at=SOON, expire_at=SOON + timedelta(days=1))
    nothing = {"unpublished": 0, "published": 0, "failed": 0}

    assert clock(SOON - timedelta(seconds=1)) == nothing
    assert state(made) == (False, False)
    assert clock(SOON + timedelta(minutes=4)) == nothing | {"published": 1}
    assert state(made) == (True, False)
    assert clock(SOON + timedelta(hours=23)) == nothing
    assert clock(SOON + timedelta(hours=25)) == nothing | {"unpublished": 1}
    assert state(made) == (False, True)
    assert clock(SOON + timedelta(hours=26)) == nothing


def test_a_change_that_was_scheduled_replaces_what_is_live(clock):
    made = page("sivu")
    made.lead, made.go_live_at = "Uusi teksti", SOON
    made.save_revision().publish()
    assert HomePage.objects.get().lead == "x"
    assert clock(SOON + timedelta(seconds=1))["published"] == 1
    assert HomePage.objects.get().lead == "Uusi teksti"


@pytest.mark.parametrize("schedule", ["go_live_at", "expire_at"])
def test_a_page_that_fails_is_as_it_was_and_stops_no_other(clock, failing, caplog, schedule):
    first, second = page("eka", **{schedule: SOON}), page("toka", **{schedule: SOON})
    before = state(first)
    failing.add("eka")

    done = clock(SOON + timedelta(seconds=1))

    act = "published" if schedule == "go_live_at" else "unpublished"
    assert (done[act], done["failed"]) == (1, 1)
    assert state(first) == before
    assert state(second)[0] == (schedule == "go_live_at")
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    failing.clear()
    assert clock(SOON + timedelta(minutes=5))[act] == 1
    assert state(first) == state(second)

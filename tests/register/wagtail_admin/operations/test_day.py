"""The page that asks whether the day is right: to whom, and in which words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from register.domain.operations import heartbeat
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Client, Heartbeat
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
DAY = reverse("register_day")
ASKED = (Role.MAIN_USER, Role.DATA_PROTECTION)


@pytest.fixture
def jumped():
    heartbeat.beat(now=timezone.localtime() - timedelta(days=400))


@pytest.mark.parametrize("role", Role)
def test_main_user_and_contact_alone_are_asked(client, jumped, role):
    client.force_login(staff(role))
    page, home = client.get(DAY), client.get("/admin/").content.decode()
    posted = client.post(DAY, {"answer": "right", "seen": "x"})
    asked = role in ASKED
    assert page.status_code == (200 if asked else 404)
    assert (DAY in home) is asked
    assert posted.status_code == (302 if asked else 404)
    assert Heartbeat.objects.get().disregarded_until is None


def test_who_is_locked_out_is_not_asked(client, jumped):
    client.force_login(staff(Role.MAIN_USER, law_trained_on=None))
    assert client.get(DAY).status_code == 404


def test_it_says_what_the_clock_and_the_newest_traces_say(client, jumped):
    user = staff(Role.MAIN_USER)
    client.force_login(user)
    AccessLogEntry.objects.create(
        action=Action.VIEW, purpose=Purpose.GUIDANCE, model=Client._meta.label
    )
    text = client.get(DAY).content.decode()
    now, trusted = timezone.localtime(), Heartbeat.objects.get().trusted_on
    assert f"{now.day}.{now.month}.{now.year}" in text
    assert f"{trusted.day}.{trusted.month}.{trusted.year}" in text
    assert "400 päivää" in text
    assert "eteenpäin" in text


def test_a_clock_that_was_set_back_is_told_as_such(client):
    heartbeat.beat(now=timezone.localtime() + timedelta(days=3))
    client.force_login(staff(Role.DATA_PROTECTION))
    assert "taaksepäin" in client.get(DAY).content.decode()


def test_without_a_doubt_there_is_no_question(client):
    heartbeat.beat(now=timezone.now())
    client.force_login(staff(Role.MAIN_USER))
    assert client.get(DAY)["Location"] == "/admin/"
    assert DAY not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"answer": "right"}])
def test_what_is_no_answer_changes_nothing(client, jumped, sent):
    client.force_login(staff(Role.MAIN_USER))
    assert client.post(DAY, sent).status_code == 302
    assert not AccessLogEntry.objects.exclude(action="log_in").exists()

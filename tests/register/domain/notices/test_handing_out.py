"""C01, C20: the version that a client is given stands on the card, once, with its first day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from register.domain.notices import handing_out, publication
from register.domain.notices.in_force import Notice
from register.exceptions import NotAllowed
from register.models import AccessLogEntry, MaterialChange, NoticeGiven
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 10)
VERSION = 3


def third_version():
    return Notice(version=VERSION, address="/x/", held=(), recipients=(), processors=())


@pytest.fixture(autouse=True)
def notice(settings):
    told = f"{__name__}.third_version"
    settings.REGISTER = {**settings.REGISTER, "NOTICE_IN_FORCE": told}


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def own(aino):
    return AssignmentFactory(user=aino, content_object=ClientFactory()).content_object


def hand_out(client, by, *, version=VERSION, today=TODAY):
    return handing_out.hand_out(client=client, version=version, by=by, today=today)


def test_it_stands_on_the_card_with_day_and_person(own, aino):
    hand_out(own, aino)
    row = NoticeGiven.objects.get()
    assert (row.client, row.notice_version, row.given_on) == (own, VERSION, TODAY)
    assert row.given_by == aino
    entry = AccessLogEntry.objects.get(action=Action.CREATE, model=NoticeGiven._meta.label)
    assert (entry.actor, entry.details["notice_version"]) == (aino.pk, VERSION)


def test_a_second_time_keeps_the_first_day(own, aino):
    hand_out(own, aino)
    hand_out(own, aino, today=TODAY + timedelta(days=9))
    assert NoticeGiven.objects.get().given_on == TODAY


def test_who_was_to_be_told_of_a_change_is_told(own, aino):
    change = publication.publish(
        version=VERSION, material=True, reason="Syy", address="/x/", today=TODAY
    )
    hand_out(own, aino)
    assert NoticeGiven.objects.get().given_on == TODAY
    assert MaterialChange.objects.get(pk=change.pk).finished_on == TODAY


def test_what_was_printed_of_another_version_is_refused(own, aino):
    with pytest.raises(ValidationError):
        hand_out(own, aino, version=VERSION - 1)
    assert not NoticeGiven.objects.exists()


def test_without_a_notice_there_is_nothing_to_give(own, aino, settings):
    settings.REGISTER = {**settings.REGISTER, "NOTICE_IN_FORCE": ""}
    with pytest.raises(ValidationError):
        hand_out(own, aino)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_marks_it_for_a_client_of_others(role):
    with pytest.raises(NotAllowed):
        hand_out(ClientFactory(), staff(role))
    assert not NoticeGiven.objects.exists()

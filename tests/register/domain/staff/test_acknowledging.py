"""C31: each acknowledges each version, and only after having opened it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from register.domain.staff import acknowledging, documents, unread
from register.exceptions import Fixed, NotAllowed
from register.models import AccessLogEntry, Acknowledgement
from register.models.access_log import Action
from register.models.staff import DocumentKind, Role
from register.reference import clock
from tests.factories import (
    AcknowledgementFactory,
    DocumentVersionFactory,
    StaffMemberFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY, LONG_AGO = date(2026, 11, 25), date(2020, 1, 1)


@pytest.fixture
def reader():
    # In training: reading comes before the register opens.
    return staff(Role.COUNSELLOR, agreement_signed_on=None, law_trained_on=None)


@pytest.fixture
def version():
    return DocumentVersionFactory(published_on=TODAY - timedelta(days=2))


def opened(version, by):
    return acknowledging.note_opening(document_version=version, by=by, today=TODAY)


def acknowledged(version, by, today=TODAY):
    return acknowledging.acknowledge(document_version=version, by=by, today=today)


def test_it_is_acknowledged_after_it_was_opened_and_both_are_logged(reader, version):
    with pytest.raises(ValidationError) as refused:
        acknowledged(version, reader)
    assert refused.value.code == "not_opened"
    opened(version, reader)
    assert acknowledged(version, reader).acknowledged_on == TODAY
    entries = AccessLogEntry.objects.filter(model="register.Acknowledgement").order_by("pk")
    assert [(each.actor, each.action) for each in entries] == [
        (reader.pk, Action.CREATE),
        (reader.pk, Action.CHANGE),
    ]


def test_what_another_opened_is_not_opened_by_oneself(reader, version):
    opened(version, staff(Role.BILLING))
    with pytest.raises(ValidationError):
        acknowledged(version, reader)


def test_the_first_day_stays(reader, version):
    opened(version, reader), opened(version, reader)
    acknowledged(version, reader)
    acknowledged(version, reader, today=TODAY + timedelta(days=1))
    assert Acknowledgement.objects.get().acknowledged_on == TODAY
    with pytest.raises(Fixed):
        Acknowledgement.objects.update(acknowledged_on=TODAY + timedelta(days=1))


def test_a_version_that_was_replaced_meanwhile_is_not_acknowledged(reader, version):
    opened(version, reader)
    newer = DocumentVersionFactory(document=version.document, number=2, published_on=TODAY)
    with pytest.raises(ValidationError, match="ei ole enää voimassa") as refused:
        acknowledged(version, reader)
    assert refused.value.code == "replaced"
    with pytest.raises(ValidationError):
        acknowledged(newer, reader)
    opened(newer, reader)
    acknowledged(newer, reader)


def test_nor_is_one_that_was_withdrawn(reader, version):
    opened(version, reader)
    writer = {"by": staff(Role.MAIN_USER), "today": TODAY}
    documents.withdraw(document=version.document, seen=None, **writer)
    with pytest.raises(ValidationError, match="ei ole enää voimassa"):
        acknowledged(version, reader)


def test_a_draft_is_for_its_writers_and_acknowledged_by_nobody(reader):
    draft, writer = DocumentVersionFactory(published_on=None), staff(Role.MAIN_USER)
    with pytest.raises(NotAllowed):
        opened(draft, reader)
    opened(draft, writer)
    with pytest.raises(ValidationError):
        acknowledged(draft, writer)


@pytest.mark.parametrize(
    "stranger",
    [
        AnonymousUser,
        UserFactory,
        staff,
        lambda: staff(Role.COUNSELLOR, suspended_from=TODAY),
        lambda: staff(Role.MAIN_USER, closed_on=TODAY),
    ],
)
def test_a_stranger_opens_and_acknowledges_nothing(version, stranger):
    by = stranger()
    for verb in (opened, acknowledged):
        with pytest.raises(NotAllowed):
            verb(version, by)
    with pytest.raises(TypeError):
        opened(version, None)
    assert not Acknowledgement.objects.exists()


@pytest.fixture
def cleaner():
    return StaffMemberFactory(user=UserFactory(is_active=False))


def on_paper(version, member, day=TODAY, by=None):
    return acknowledging.enter_paper(
        document_version=version,
        member=member,
        acknowledged_on=day,
        by=by or staff(Role.MAIN_USER),
        today=TODAY,
    )


def test_who_has_no_log_in_acknowledges_on_paper_and_a_wrong_day_is_corrected(version, cleaner):
    assert on_paper(version, cleaner).on_paper
    on_paper(version, cleaner, TODAY - timedelta(days=1))
    found = Acknowledgement.objects.get()
    assert found.acknowledged_on == TODAY - timedelta(days=1)
    assert found.opened_on is None


@pytest.mark.parametrize("days", [1, -3])
def test_a_paper_s_day_is_not_in_the_future_and_not_before_the_version(version, cleaner, days):
    with pytest.raises(ValidationError) as refused:
        on_paper(version, cleaner, TODAY + timedelta(days=days))
    assert set(refused.value.message_dict) == {"acknowledged_on"}


def test_nobody_says_for_another_that_it_was_read(version, cleaner):
    with pytest.raises(ValidationError):
        on_paper(version, staff(Role.COUNSELLOR).staff_member)
    with pytest.raises(NotAllowed):
        on_paper(version, cleaner, by=staff(Role.DATA_PROTECTION))
    assert not Acknowledgement.objects.exists()


def test_the_database_keeps_no_acknowledgement_of_what_was_not_opened():
    with pytest.raises(IntegrityError), transaction.atomic():
        AcknowledgementFactory(opened_on=None, acknowledged_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        AcknowledgementFactory(on_paper=True)
    first = AcknowledgementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AcknowledgementFactory(member=first.member, document_version=first.document_version)


def joined(user, day):
    user.date_joined = clock.moment(day)
    user.save()
    return user.staff_member


def test_each_new_version_asks_everybody_anew(reader, version):
    member = joined(reader, LONG_AGO)
    opened(version, reader), acknowledged(version, reader)
    assert unread.of_member(member, today=TODAY) == []
    newer = DocumentVersionFactory(document=version.document, number=2, published_on=TODAY)
    [asked] = unread.of_member(member, today=TODAY)
    assert (asked.document_version, asked.until) == (newer, TODAY + timedelta(days=30))
    assert not asked.is_late(TODAY + timedelta(days=30))
    assert asked.is_late(TODAY + timedelta(days=31))


def test_the_time_begins_with_arrival_and_with_return(version, settings):
    settings.REGISTER = {**settings.REGISTER, "ACKNOWLEDGE_WITHIN": timedelta(days=7)}
    newcomer = joined(staff(Role.BILLING), TODAY)
    back = joined(staff(Role.BILLING, suspended_from=date(2026, 1, 1)), LONG_AGO)
    back.suspended_until = TODAY - timedelta(days=1)
    for member in (newcomer, back):
        [asked] = unread.of_member(member, today=TODAY)
        assert asked.until == TODAY + timedelta(days=7)


def test_everybody_is_who_is_here_with_a_log_in_or_without(version, cleaner):
    main_user = staff(Role.MAIN_USER)
    staff(Role.COUNSELLOR, suspended_from=TODAY)
    staff(Role.COUNSELLOR, closed_on=TODAY)
    of_kind = {"today": TODAY, "kind": DocumentKind.INSTRUCTION}
    asked = {each.member for each in unread.of_everybody(**of_kind)}
    assert asked == {main_user.staff_member, cleaner}
    on_paper(version, cleaner, by=main_user)
    [asked] = unread.of_everybody(**of_kind)
    assert asked.member == main_user.staff_member
    assert unread.of_everybody(today=TODAY, kind=DocumentKind.PRIVACY_NOTICE) == []

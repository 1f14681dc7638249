"""C33, C34: who can be given a client, and how many are open to each."""

from datetime import date, timedelta

import pytest

from register.domain.clients import counsellors
from register.models import AccessLogEntry, StaffMember
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


def offered(by):
    return counsellors.offered(view="hand_over", by=by, today=TODAY)


def test_each_stands_with_the_clients_who_are_open_today():
    aino = staff(Role.COUNSELLOR)
    client = AssignmentFactory(user=aino, valid_until=TODAY).content_object
    AssignmentFactory(user=aino, content_object=client, valid_from=TODAY + DAY)
    AssignmentFactory(user=aino, valid_until=TODAY - DAY)
    AssignmentFactory(user=aino, content_object=ClientFactory(restricted_on=TODAY))
    for standing in ({"suspended_from": TODAY}, {"agreement_signed_on": None}):
        staff(Role.COUNSELLOR, **standing)
    assert [(each.member.user, each.clients) for each in offered(staff(Role.MAIN_USER))] == [
        (aino, 1)
    ]
    entry = AccessLogEntry.objects.get()
    assert (entry.model, entry.object_key) == (
        StaffMember._meta.label,
        str(aino.staff_member.pk),
    )


@pytest.mark.parametrize("role", [Role.BILLING, Role.EDITOR, Role.DATA_PROTECTION])
def test_who_gives_no_clients_is_shown_nobody(role):
    staff(Role.COUNSELLOR)
    assert offered(staff(role)) == []
    assert not AccessLogEntry.objects.exists()

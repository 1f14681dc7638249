"""A person's own time zone moves neither the gate nor a clock (C33)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from register.models import AccessLogEntry, RetentionRun
from register.models.staff import Role
from tests.factories import AssignmentFactory, staff

pytestmark = pytest.mark.django_db
ZONES = ["Pacific/Pago_Pago", "Pacific/Kiritimati", "Europe/Helsinki", ""]
HALF_PAST_ONE_ON_NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
HALF_PAST_TEN_BEFORE = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)


def zoned(user, zone):
    UserProfile.objects.create(user=user, current_time_zone=zone)
    return user


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("now", "status"), [(HALF_PAST_TEN_BEFORE, 200), (HALF_PAST_ONE_ON_NEW_YEAR, 404)]
)
def test_an_assignment_ends_with_the_day_in_helsinki(client, monkeypatch, zone, now, status):
    user = zoned(staff(Role.COUNSELLOR), zone)
    assignment = AssignmentFactory(user=user, valid_until=date(2026, 12, 31))
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login(user)
    card = reverse("asiakkaat_modeladmin_inspect", args=[assignment.content_object_id])
    assert client.get(card).status_code == status


@pytest.mark.parametrize("zone", ZONES)
def test_the_hour_that_is_shown_is_helsinkis(client, zone):
    run = RetentionRun.objects.create(
        today=date(2027, 1, 1),
        started_at=HALF_PAST_ONE_ON_NEW_YEAR,
        finished_at=HALF_PAST_ONE_ON_NEW_YEAR,
    )
    entry = AccessLogEntry.objects.create(
        at=HALF_PAST_ONE_ON_NEW_YEAR, action="view", model="register.Client", purpose="guidance"
    )
    client.force_login(zoned(staff(Role.DATA_PROTECTION), zone))
    for name, key in (("poistoajot", run.pk), ("kayttoloki", entry.pk)):
        for url in (
            reverse(f"{name}_modeladmin_index"),
            reverse(f"{name}_modeladmin_inspect", args=[key]),
        ):
            page = client.get(url).content.decode()
            assert "1.30" in page or "01:30" in page, url

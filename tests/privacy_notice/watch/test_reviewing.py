"""Whoever has to read the notice through is reminded once it is due, and once only (C39)."""

from datetime import date

import pytest
from django.core import mail

from privacy_notice.models import PrivacyNoticePage
from privacy_notice.watch import reviewing
from register.models.staff import Role
from register.reference.clock import a_year_after, local
from tests.factories import staff
from tests.privacy_notice.approval.acting import notice

pytestmark = pytest.mark.usefixtures("site_content")
DUE = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def read_last_year(site_content):
    PrivacyNoticePage.objects.update(reviewed_on=date(2025, 3, 9))


def test_it_is_due_a_year_after_it_was_read():
    assert reviewing.due_on(notice()) == DUE
    assert reviewing.overdue(today=date(2026, 3, 8)) == []
    assert reviewing.overdue(today=DUE) == [(notice(), DUE)]


def test_one_that_nobody_has_read_is_due_a_year_after_it_was_published():
    PrivacyNoticePage.objects.update(reviewed_on=None)
    published = local(notice().first_published_at).date()
    assert reviewing.overdue(today=published) == []
    assert reviewing.overdue(today=a_year_after(published))


def test_both_are_reminded_once_a_year():
    people = staff(Role.DATA_PROTECTION), staff(Role.EDITOR)
    assert reviewing.remind(today=date(2026, 3, 8)) == 0
    assert [reviewing.remind(today=DUE), reviewing.remind(today=DUE)] == [1, 0]
    assert {message.to[0] for message in mail.outbox} == {person.email for person in people}
    assert "9.3.2026" in mail.outbox[0].body
    PrivacyNoticePage.objects.update(reviewed_on=DUE)
    assert reviewing.remind(today=date(2027, 3, 9)) == 1

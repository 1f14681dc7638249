"""Who is told of changed promises, what the mail says, and what happens when none can be sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from privacy_notice.models import PromiseResult
from privacy_notice.promises.registry import promises
from privacy_notice.watch import telling
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff

pytestmark = pytest.mark.django_db


def results(day, **states):
    """Say how it stands on a day: all kept, but for those given."""
    PromiseResult.objects.filter(day=day).delete()
    PromiseResult.objects.bulk_create(
        PromiseResult(
            day=day, clause=clause, state=states.get(clause, "kept"), checked_at=timezone.now()
        )
        for clause in promises()
    )


def tell(offset=0):
    return telling.tell_of_changes(today=today() + timedelta(days=offset))


def test_the_first_time_only_what_is_broken_is_told(mails):
    staff(Role.DATA_PROTECTION)
    results(today(), C44="broken", C47="not_yet")
    assert tell() == 1
    [mail] = mails
    body = mail.get_content()
    assert "Päättyneiden palvelujen tiedot poistetaan tammikuussa: rikki" in body
    assert "koosteen" not in body


def test_a_change_is_told_once_and_back_again(mails):
    contact = staff(Role.DATA_PROTECTION)
    staff(Role.MAIN_USER), staff(Role.EDITOR)
    results(today())
    assert tell() == 0
    results(today() + timedelta(days=1), C34="broken", C25="not_yet")
    assert tell(1) == 2
    assert tell(1) == 0
    results(today() + timedelta(days=2), C34="broken", C25="not_yet")
    assert tell(2) == 0
    results(today() + timedelta(days=3), C25="not_yet")
    assert tell(3) == 1
    assert [mail["To"] for mail in mails] == [contact.email, contact.email]
    assert mails[0]["Subject"] == "Tietosuojaseloste: 2 lupauksen tila on muuttunut"
    body = mails[0].get_content()
    assert "istunto päättyy: rikki (aiemmin: pitää)" in body
    assert "rikki 1, ei vielä 1, vahvistettu käsin 0, pitää 53" in body
    assert "/admin/reports/lupaukset/" in body


def test_a_mail_names_nobody_and_no_clause(mails):
    users = [staff(Role.DATA_PROTECTION), staff(Role.COUNSELLOR)]
    results(today(), **dict.fromkeys(promises(), "broken"))
    assert tell() == 55
    text = mails[0].get_content() + mails[0]["Subject"]
    names = [name for user in users for name in (user.last_name, user.username)]
    assert not [each for each in (*names, *promises()) if each in text]


def test_what_could_not_be_sent_is_told_the_next_night(settings, mails):
    staff(Role.DATA_PROTECTION)
    results(today())
    tell()
    results(today() + timedelta(days=1), C34="broken")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert tell(1) == 0
    settings.EMAIL_PORT = port
    results(today() + timedelta(days=2), C34="broken")
    assert tell(2) == 1
    assert len(mails) == 1


def test_without_a_contact_nobody_is_told_and_it_stays_untold(mails):
    staff(Role.MAIN_USER)
    results(today(), C34="broken")
    assert tell() == 0
    staff(Role.DATA_PROTECTION, suspended_from=today())
    assert tell() == 0
    staff(Role.DATA_PROTECTION)
    assert tell() == 1


def test_what_a_look_by_day_found_is_told_the_next_night(mails):
    """It takes the place of what was told that night, and is not told by that."""
    staff(Role.DATA_PROTECTION)
    results(today())
    assert tell() == 0
    PromiseResult.objects.filter(clause="C34").update(state="broken")
    results(today() + timedelta(days=1), C34="broken")
    assert tell(1) == 1

"""R14: mails about what will be erased hold counts and a link, and nothing about anybody."""

from datetime import date, datetime, timedelta

import pytest

from register.domain.retention import forecast, runs, telling
from register.models import ErasureList
from register.models.retention import ListKind
from register.models.staff import Role
from tests.factories import ServiceOrderFactory, night_of, staff

pytestmark = pytest.mark.django_db

NEW_YEAR_S_EVE = datetime.fromisoformat("2026-12-31T20:05:00+02:00")
FIRST = date(2027, 1, 1)


@pytest.fixture
def order():
    return ServiceOrderFactory(
        client__name="Salainen Henkilö",
        starts_on=date(2026, 1, 2),
        planned_end=date(2026, 6, 15),
        price=0,
    )


def test_main_users_and_contact_get_one_mail_each_with_counts_and_a_link(mails, order, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://rekisteri.example.org"
    told = [staff(Role.MAIN_USER), staff(Role.DATA_PROTECTION, Role.MAIN_USER)]
    staff(Role.COUNSELLOR), staff(Role.MAIN_USER, suspended_from=date(2026, 1, 1))
    staff(Role.MAIN_USER, closed_on=date(2026, 1, 1))

    runs.apply(today=FIRST, now=night_of(FIRST))
    runs.apply(today=FIRST, now=night_of(FIRST) + timedelta(hours=1))

    assert sorted(mail["To"] for mail in mails) == sorted(user.email for user in told)
    for mail in mails:
        text = mail.get_content()
        assert "Asiakkaita 1, palvelutilauksia 1" in text
        assert "2.1.2027" in text
        assert "https://rekisteri.example.org/admin/" in text
        assert mail["Auto-Submitted"] == "auto-generated"
        whole = mail.as_string() + text
        assert "Salainen" not in whole
        assert order.client.register_number not in whole
        assert str(order.client_id) not in whole


def test_what_is_beyond_the_forecast_asks_for_a_confirmation(mails):
    staff(Role.DATA_PROTECTION)
    forecast.freeze(year=2027, now=NEW_YEAR_S_EVE)
    ErasureList.objects.update(told_at=NEW_YEAR_S_EVE)
    ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=date(2026, 6, 15), price=0)
    runs.apply(today=FIRST, now=night_of(FIRST))
    [mail] = mails
    assert mail["Subject"] == "Asiakasrekisteri: poisto odottaa vahvistustasi"
    assert "31.1.2027" in mail.get_content()


def test_a_mail_that_can_t_be_sent_stops_nothing_and_is_tried_again(mails, order, settings, caplog):
    staff(Role.MAIN_USER)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # nobody listens there
    run = runs.apply(today=FIRST, now=night_of(FIRST))
    assert run.finished_at is not None
    assert telling.untold_lists().exists()
    assert "could not be sent" in caplog.text
    assert "example.org" not in caplog.text

    settings.EMAIL_PORT = port
    second = FIRST + timedelta(days=1)
    assert runs.apply(today=second, now=night_of(second)).clients_erased == 1
    assert len(mails) == 1
    assert not telling.untold_lists().exists()


def test_where_nobody_has_an_address_the_list_stays_untold(order):
    user = staff(Role.MAIN_USER)
    type(user).objects.update(email="")
    runs.apply(today=FIRST, now=night_of(FIRST))
    assert telling.untold_lists().get().kind == ListKind.FORECAST


def test_a_dry_run_sends_none(mails, order):
    staff(Role.MAIN_USER)
    runs.apply(today=FIRST, now=night_of(FIRST), dry=True)
    assert mails == []
    assert not ErasureList.objects.exists()

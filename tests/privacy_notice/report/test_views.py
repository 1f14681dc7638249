"""The report and the page to confirm on: who gets them, what they show, what a button does."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from privacy_notice.models import PromiseResult, SignOff
from privacy_notice.promises.registry import CHAPTERS, promises
from privacy_notice.report import picture
from privacy_notice.watch import verifying
from register.models import AccessLogEntry
from register.models.staff import Role
from register.reference.clock import a_year_after, today
from tests.factories import UserFactory, staff
from tests.factors import enter
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/lupaukset/"
CONFIRM = f"{REPORT}c37/vahvista/"
READERS = {Role.MAIN_USER, Role.DATA_PROTECTION, Role.EDITOR}


def entering(user):
    client = Client()
    enter(client, user)
    return client


@pytest.fixture
def looked_at(world):
    now = timezone.now()
    verifying.record(verifying.look_at_all(now=now), now=now, today=today())
    return world


@pytest.mark.parametrize("role", Role)
def test_readers_get_the_report_and_to_others_there_is_none(role):
    visitor = entering(staff(role))
    assert reverse("privacy_notice_promises") == REPORT
    assert visitor.get(REPORT).status_code == (200 if role in READERS else 404)
    assert (REPORT in visitor.get("/admin/").text) == (role in READERS)


def test_a_stranger_gets_the_log_in_and_a_superuser_nothing():
    assert Client().get(REPORT).url.startswith("/admin/login/")
    assert entering(UserFactory(is_superuser=True)).get(REPORT).status_code == 404


def test_an_editor_without_training_reads_it_too(looked_at):
    editor = staff(Role.EDITOR, law_trained_on=None)
    assert "Kuka tahansa voi lukea selosteen" in entering(editor).get(REPORT).text


def test_before_the_first_look_it_says_so():
    page = entering(staff(Role.EDITOR)).get(REPORT).text
    assert "Lupauksia ei ole vielä tarkistettu" in page
    assert "<svg class=" not in page.split("promises-top")[1]


def test_it_is_grouped_as_the_notice_is_and_shows_all(looked_at):
    page = entering(looked_at.people[Role.MAIN_USER]).get(REPORT)
    assert [title for title, rows in page.context["chapters"]] == list(CHAPTERS.values())
    shown = [row["promise"].clause for _title, rows in page.context["chapters"] for row in rows]
    assert shown == list(promises())
    assert all(row["evidence"] for _t, rows in page.context["chapters"] for row in rows)


def test_one_state_is_shown_alone_and_any_other_word_shows_all(looked_at):
    visitor = entering(looked_at.people[Role.EDITOR])
    rows = visitor.get(f"{REPORT}?tila=broken").context["chapters"]
    assert {row["promise"].clause for _title, those in rows for row in those} == {"C37", "C42"}
    assert len(visitor.get(f"{REPORT}?tila=x%00").context["chapters"]) == len(CHAPTERS)


@pytest.mark.parametrize("role", sorted(READERS))
def test_links_lead_where_the_person_can_go(looked_at, role):
    visitor = entering(looked_at.people[role])
    page = visitor.get(REPORT)
    links = {row["address"] for _t, rows in page.context["chapters"] for row in rows} - {""}
    assert links
    for link in links:
        path = link.partition("#")[0].removeprefix("http://localhost:8000")
        assert visitor.get(path).status_code == 200, link


def test_who_confirmed_is_told_to_those_who_may_know(looked_at):
    main_user = looked_at.people[Role.MAIN_USER]
    assert main_user.last_name in entering(looked_at.people[Role.DATA_PROTECTION]).get(REPORT).text
    editor = staff(Role.EDITOR, law_trained_on=None)
    assert main_user.last_name not in entering(editor).get(REPORT).text


def test_the_button_looks_at_all_now(looked_at):
    PromiseResult.objects.update(state="broken")
    visitor = entering(looked_at.people[Role.EDITOR])
    answer = visitor.post(f"{REPORT}tarkista/", follow=True)
    assert "Kaikki lupaukset tarkistettiin." in answer.text
    assert PromiseResult.objects.filter(state="kept").count() > 30
    assert visitor.get(f"{REPORT}tarkista/").status_code == 405
    assert entering(staff(Role.BILLING)).post(f"{REPORT}tarkista/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_main_user_and_contact_may_confirm(role):
    visitor = entering(staff(role))
    may = role in (Role.MAIN_USER, Role.DATA_PROTECTION)
    assert visitor.get(CONFIRM).status_code == (200 if may else 404)
    assert visitor.post(CONFIRM, {"seen": "0"}).status_code == (302 if may else 404)
    assert SignOff.objects.count() == may


def test_what_is_confirmed_is_said_before(looked_at):
    page = entering(looked_at.people[Role.MAIN_USER]).get(CONFIRM).text
    for sentence in promises()["C37"].by_hand:
        assert str(sentence) in page
    assert f"voimassa {date_format(a_year_after(today()), 'SHORT_DATE_FORMAT')} asti" in page


def test_a_confirmation_is_noted_and_changes_the_state(looked_at):
    SignOff.objects.filter(clause="C32").delete()
    visitor = entering(looked_at.people[Role.DATA_PROTECTION])
    address = f"{REPORT}c32/vahvista/"
    answer = open_form(visitor, address, ".register-confirm form").send(visitor)
    assert answer.url == REPORT
    row = SignOff.objects.get(clause="C32")
    assert row.confirmed_by == looked_at.people[Role.DATA_PROTECTION]
    assert PromiseResult.objects.get(clause="C32").state == "not_yet"
    assert AccessLogEntry.objects.filter(object_key=str(row.pk), view="promise_confirm").exists()


def test_the_second_of_two_is_told_and_may_confirm_again(looked_at):
    first = entering(looked_at.people[Role.MAIN_USER])
    second = entering(looked_at.people[Role.DATA_PROTECTION])
    forms = [open_form(visitor, CONFIRM, ".register-confirm form") for visitor in (first, second)]
    assert forms[0].send(first).status_code == 302
    answer = forms[1].send(second)
    assert answer.status_code == 409
    assert "Joku muu on vahvistanut tämän" in answer.text
    assert SignOff.objects.filter(clause="C37").count() == 2
    assert form_of(answer, ".register-confirm form").send(second).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "²"])
def test_what_nobody_saw_confirms_nothing(looked_at, seen):
    visitor = entering(looked_at.people[Role.MAIN_USER])
    assert visitor.post(CONFIRM, {"seen": seen}).status_code == 409
    assert SignOff.objects.filter(clause="C37").count() == 1


@pytest.mark.parametrize("clause", ["c01", "c47", "c99", "xx"])
def test_what_nobody_confirms_has_no_page(clause):
    visitor = entering(staff(Role.MAIN_USER))
    assert visitor.get(f"{REPORT}{clause}/vahvista/").status_code == 404
    assert visitor.post(f"{REPORT}{clause}/vahvista/", {"seen": "0"}).status_code == 404


def test_the_first_screen_tells_how_many_are_broken(looked_at):
    for role in Role:
        page = entering(looked_at.people[role]).get("/admin/").text
        assert ("2 lupausta on rikki" in page) == (role in READERS)


def test_the_picture_has_words(looked_at):
    PromiseResult.objects.bulk_create(
        PromiseResult(
            day=today() - timedelta(days=1), clause=clause, state="kept", checked_at=timezone.now()
        )
        for clause in promises()
    )
    page = entering(looked_at.people[Role.EDITOR]).get(REPORT)
    assert 'role="img"' in page.text
    assert "2 päivää" in page.text
    assert len(page.context["parts"]) == 1 + 3
    assert sum(part.height for part in page.context["parts"][:1]) == picture.HEIGHT


def test_it_names_the_page_that_differs_from_todays_facts(looked_at):
    visitor = entering(looked_at.people[Role.DATA_PROTECTION])
    way = f"/admin/tietosuojaseloste/{looked_at.page.pk}/hyvaksynta/"
    assert "promises-differing" not in visitor.get(REPORT).text
    looked_at.let_in(LOG_YEARS=7)
    told = (
        visitor.get(REPORT).text.partition('id="promises-differing"')[2].partition("</section>")[0]
    )
    assert way in told
    assert visitor.get(way).status_code == 200

"""The main user's first screen: one line when all is well, a banner when not."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from register.domain.operations import heartbeat
from register.models import StaffMember
from register.models.staff import Role
from tests.factories import OfficeFactory, staff
from tests.register.domain.operations.conditions import all_well

pytestmark = pytest.mark.django_db
WELL, UNWELL = "Kaikki on kunnossa", "Kaikki ei ole kunnossa"


@pytest.fixture(autouse=True)
def well():
    all_well(now=timezone.now())


def home(client, *roles):
    client.force_login(staff(*roles))
    return client.get("/admin/").content.decode()


def test_it_says_in_one_line_that_all_is_well(client):
    shown = home(client, Role.MAIN_USER)
    assert WELL in shown
    assert UNWELL not in shown


def test_it_says_what_is_not(client):
    heartbeat.beat(now=timezone.now() - timedelta(hours=1))
    shown = home(client, Role.MAIN_USER)
    assert UNWELL in shown
    assert "Taustatyöt eivät ole käynnissä" in shown
    assert WELL not in shown


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR])
def test_others_have_no_use_for_it(client, role):
    shown = home(client, role)
    assert WELL not in shown
    assert UNWELL not in shown


FIRST_DAY = "Ennen rekisterin käyttöönottoa"
WITHOUT_PAPERS = {"agreement_signed_on": None, "law_trained_on": None}


def test_a_new_main_user_has_a_list_of_what_to_do_each_with_its_screen(client, site_content):
    me = staff(Role.MAIN_USER, Role.EDITOR)
    client.force_login(me)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    lines = page.select(".register-first-day li")
    assert [line.a.text for line in lines] == [
        "Pääkäyttäjien paperit",
        "Henkilöstön kuuleminen",
        "Sisäiset ohjeet",
        "Henkilöstön tietosuojaseloste",
        "Yrityksen tiedot",
        "Palvelut",
        "Toimipaikat",
        "Taloushallinto",
        "Ihmiset",
    ]
    for line in lines:
        assert client.get(line.a["href"], follow=True).status_code == 200, line.a
    assert "Puuttuu: Ohjaaja, Laskutus" in lines[-1].text


def test_before_the_own_papers_only_what_is_open_has_a_link(client):
    me = staff(Role.MAIN_USER, **WITHOUT_PAPERS)
    client.force_login(me)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    links = page.select(".register-first-day a")
    assert [link.text for link in links] == [
        "Pääkäyttäjien paperit",
        "Henkilöstön kuuleminen",
        "Sisäiset ohjeet",
        "Henkilöstön tietosuojaseloste",
        "Ihmiset",
    ]
    assert links[0]["href"] == f"/admin/henkilosto/edit/{me.staff_member.pk}/"
    for link in links:
        assert client.get(link["href"]).status_code == 200


def test_what_is_done_is_ticked(client):
    OfficeFactory()
    client.force_login(staff(Role.MAIN_USER))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    done = page.select(".register-first-day li.done")
    assert [line.a.text for line in done] == ["Pääkäyttäjien paperit", "Toimipaikat"]
    for line in done:
        assert "Valmis" in line.text
        assert line.p is None


def test_what_an_editor_does_has_no_link_for_a_main_user_who_is_none(client):
    client.force_login(staff(Role.MAIN_USER))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    line = next(line for line in page.select(".register-first-day li") if "Yrityksen" in line.text)
    assert line.a is None
    assert "Sivujen päivittäjä" in line.text


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR])
def test_others_have_no_such_list(client, role):
    assert FIRST_DAY not in home(client, role)


def test_a_main_user_is_not_told_to_ask_the_main_user(client):
    me = staff(Role.MAIN_USER, Role.COUNSELLOR, **WITHOUT_PAPERS)
    client.force_login(me)
    shown = client.get("/admin/").content.decode()
    assert "Voit kirjata tiedon itse" in shown
    assert f"/admin/henkilosto/edit/{me.staff_member.pk}/" in shown
    assert "Pyydä pääkäyttäjää" not in shown


def test_others_are_told_whom_to_ask_by_name(client):
    StaffMember.objects.all().delete()
    main_user = staff(Role.MAIN_USER)
    staff(Role.MAIN_USER, suspended_from=timezone.localdate())
    client.force_login(staff(Role.COUNSELLOR, **WITHOUT_PAPERS))
    shown = client.get("/admin/").content.decode()
    assert f"Pyydä pääkäyttäjää kirjaamaan tieto: {main_user.get_full_name()}. " in shown

"""The screens of the import: step by step, for a main user, who loses nothing by an error (C22)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client as Visitor
from django.urls import reverse

from register.domain.clients.importing import entering, kept
from register.domain.clients.importing.table import MOST_BYTES
from register.files import private
from register.models import Client
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.register.domain.clients.importing import workbooks
from tests.register.domain.clients.importing.lists import EERO, ROW, data, offered

pytestmark = pytest.mark.django_db
ENDS = {"Alkaa": f"1.1.{today().year}", "Voimassa asti": f"31.12.{today().year + 1}"}
AADA, EERO_TODAY = {**ROW, **ENDS}, {**EERO, **ENDS}
START = "/admin/tuonti/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": str(tmp_path)}


@pytest.fixture
def main_user(client):
    offered()
    client.force_login(staff(Role.MAIN_USER))
    return client


def uploads():
    folder = private.path(kept.FOLDER)
    return [each for each in folder.iterdir() if each.name != ".lock"] if folder.exists() else []


def upload(visitor, content, name="Aada Esimerkki.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return visitor.post(START, {"file": file, "is_own": "on", **fields})


def posted(page):
    """What the page's form sends as it stands."""
    form = page.context["form"]
    return {
        name: value for name in form.fields if (value := form[name].value()) not in (None, False)
    }


def columns(visitor, content, **chosen):
    """Upload a file and send its columns; return the answer."""
    address = upload(visitor, content)["Location"]
    page = visitor.get(address)
    return visitor.post(address, {**posted(page), "leaves_out": "on", **chosen})


def rows(visitor, content):
    return visitor.get(columns(visitor, content)["Location"])


def enter(visitor, page, **fields):
    seen = page.context["outcome"].sign
    return visitor.post(page.request["PATH_INFO"], {"seen": seen, **fields}, follow=True)


def test_from_the_file_to_the_clients(main_user):
    page = rows(main_user, data(AADA, EERO_TODAY))
    text = page.content.decode()
    assert "Tuo 2 riviä" in text
    assert "Aada Esimerkki" in text
    done = enter(main_user, page).content.decode()
    assert "2 riviä tuotiin" in done
    assert "Aada" not in done
    assert Client.objects.count() == 2
    assert not uploads()


def test_the_home_of_a_main_user_leads_there(main_user):
    assert START in main_user.get("/admin/").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MAIN_USER])
def test_it_is_closed_to_everybody_else(client, role):
    client.force_login(staff(role))
    assert client.get(START).status_code in {302, 404}
    assert upload(client, data(ROW)).status_code in {302, 404}
    assert not uploads()


def test_another_main_user_does_not_see_it(main_user, client):
    address = upload(main_user, data(AADA))["Location"]
    client.force_login(staff(Role.MAIN_USER))
    for each in (address, f"{address}rivit/"):
        assert client.get(each)["Location"] == START
        assert client.post(each, {"act": "give_up"})["Location"] == START
    assert uploads()


def test_the_secret_of_the_form_is_asked_for():
    visitor = Visitor(enforce_csrf_checks=True)
    visitor.force_login(staff(Role.MAIN_USER))
    assert upload(visitor, data(ROW)).status_code == 403
    assert not uploads()


def test_neither_file_nor_name_lies_in_clear_anywhere(main_user, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    # Above what Django keeps in memory by itself.
    content = data(*[{**AADA, "Kengät": "4" * 15_000}] * 250)
    address = upload(main_user, content)["Location"]
    (file,) = uploads()
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [file]
    assert "Aada" not in address + file.name
    assert b"Esimerkki" not in file.read_bytes()


REFUSED = {
    "nothing": (b"", "tyhjä"),
    "identity codes": (b"Nimi;Tunnus\nAada;131052-308T\n", "henkilötunnuksia"),
    "too big": (b"a" * (MOST_BYTES + 1), "5 megatavua"),
    "an old workbook": (b"\xd0\xcf\x11\xe0", ".xls"),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_can_not_be_read_is_refused_in_words_and_kept_nowhere(main_user, content, says):
    answer = upload(main_user, content)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says in text
    assert "131052" not in text
    assert "checked" in re.search(r'<input[^>]*name="is_own"[^>]*>', text)[0]
    assert not uploads()


def test_whose_list_it_is_must_be_said(main_user):
    answer = main_user.post(START, {"file": SimpleUploadedFile("a.csv", data(AADA))})
    assert "oman aiemman luettelon" in answer.content.decode()
    assert not uploads()


def test_a_file_must_be_chosen(main_user):
    answer = main_user.post(START, {"is_own": "on"})
    assert answer.status_code == 200
    assert "pakollinen" in answer.content.decode().lower()


def test_unknown_columns_are_left_out_by_a_tick_only(main_user):
    content = data({**AADA, "Kengännumero": "42"})
    answer = columns(main_user, content, leaves_out="", manner="remote")
    assert "jätetään pois" in answer.content.decode()
    assert answer.context["form"]["manner"].value() == "remote"
    assert columns(main_user, content).status_code == 302


def test_what_is_missing_is_told_and_what_was_chosen_stays(main_user):
    answer = columns(main_user, data(AADA), column_6="", column_1="specification")
    text = answer.content.decode()
    assert "Millekään sarakkeelle ei ole valittu ”Palvelu”" in text
    assert answer.context["form"]["column_1"].value() == "specification"


def test_another_sheet_and_row_are_guessed_anew(main_user):
    book = workbooks.workbook(Ohje=[["Lue tämä"]], Lista=[["Asiakkaat"], [*AADA], [*AADA.values()]])
    address = upload(main_user, book)["Location"]
    page = main_user.get(address)
    assert page.context["choices"].sheet == 1
    assert page.context["choices"].heading_row == 2
    main_user.post(address, {**posted(page), "sheet": "0"})
    again = main_user.get(address)
    assert (again.context["choices"].sheet, len(again.context["form"].columns)) == (0, 1)


def test_a_wrong_row_is_shown_with_its_number_and_column_and_nothing_is_entered(main_user):
    page = rows(main_user, data(AADA, {**EERO_TODAY, "Puhelin": "401234567"}))
    text = page.content.decode()
    assert "Puhelinnumero: " in text
    assert "401234567" in text
    assert "Tuo 1 rivi" not in text
    answer = enter(main_user, page)
    assert "Mitään ei tuotu" in answer.content.decode()
    assert not Client.objects.exists()
    assert uploads()


def test_rows_are_left_out_by_a_tick_only(main_user):
    page = rows(main_user, data(AADA, AADA))
    assert "Mitään ei tuotu" in enter(main_user, page).content.decode()
    assert not Client.objects.exists()
    enter(main_user, page, leaves_rows="1")
    assert Client.objects.count() == 1


def test_what_changed_meanwhile_is_looked_at_again(main_user):
    page = rows(main_user, data(AADA))
    answer = main_user.post(page.request["PATH_INFO"], {"seen": "new7"})
    assert "muuttunut sillä välin" in answer.content.decode()
    assert not Client.objects.exists()


def test_sending_it_twice_enters_it_once(main_user):
    page = rows(main_user, data(AADA))
    enter(main_user, page)
    answer = enter(main_user, page)
    assert answer.redirect_chain[-1][0] == START
    assert Client.objects.count() == 1


def test_given_up_it_is_erased(main_user):
    address = upload(main_user, data(AADA))["Location"]
    answer = main_user.post(address, {"act": "give_up"}, follow=True)
    assert "hävitettiin" in answer.content.decode()
    assert not uploads()


def test_a_failure_erases_it_too(main_user, monkeypatch):
    page = rows(main_user, data(AADA))

    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(entering, "enter", fails)
    with pytest.raises(DatabaseError):
        enter(main_user, page)
    assert not uploads()


def test_rows_without_chosen_columns_lead_back(main_user):
    address = upload(main_user, data({**AADA, "Kengät": "42"}))["Location"]
    assert main_user.get(f"{address}rivit/")["Location"] == address
    assert reverse("register_import") == START

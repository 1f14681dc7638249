"""The import in a real browser: accessible, nothing too wide, in the errors too (C22)."""

import os

import pytest

from register.models import Client
from register.models.staff import Role
from register.reference.clock import today
from tests.browser.test_promises import enter, violations
from tests.factories import staff
from tests.register.domain.clients.importing import workbooks
from tests.register.domain.clients.importing.lists import EERO, ROW, offered

pytestmark = pytest.mark.django_db(transaction=True)
ENDS = {"Alkaa": f"1.1.{today().year}", "Voimassa asti": f"31.12.{today().year + 1}"}
AADA = {**ROW, **ENDS, "Kengännumero": "42"}
EERO_TODAY = {**EERO, **ENDS, "Kengännumero": "43"}


def book(*rows):
    hidden = workbooks.rows_xml([["Asiakkaat"], [*AADA], *(each.values() for each in rows)], (4,))
    merged = '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
    return workbooks.archive(workbooks.parts({"Asiakkaat": hidden + merged, "Ohje": ""}))


@pytest.fixture
def uploaded(tmp_path):
    def write(content):
        file = tmp_path / "luettelo.xlsx"
        file.write_bytes(content)
        return file

    return write


@pytest.mark.parametrize("width", [390, 1440])
def test_a_list_is_moved_here_without_a_fault_on_the_way(
    new_page, uploaded, width, settings, tmp_path
):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": str(tmp_path / "private")}
    offered()
    page = new_page(width, bypass_csp=True)
    enter(page, staff(Role.MAIN_USER))
    found = []

    def look(name):
        page.wait_for_selector("main")
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        if wrong := violations(page) + ([wide] if wide > 0 else []):
            found.append((name, wrong))
        if folder := os.environ.get("KEEP_IMPORT_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/import-{name}-{width}.png", full_page=True)

    page.get_by_role("link", name="Tuo aiempi asiakasluettelo").click()
    look("file")
    page.get_by_role("button", name="Lähetä ja jatka").click()
    look("file-error")

    def upload(content):
        page.set_input_files("[name=file]", uploaded(content))
        page.get_by_label("Luettelo on yrityksen oma").check()
        page.get_by_role("button", name="Lähetä ja jatka").click()

    upload(book(AADA, {**EERO_TODAY, "Puhelin": "401234567"}))
    look("columns")
    page.get_by_role("button", name="Katso, mitä riveille tapahtuu").click()
    look("columns-error")
    page.get_by_label("Sarakkeita, joille on valittu").check()
    page.get_by_role("button", name="Katso, mitä riveille tapahtuu").click()
    look("rows-wrong")
    page.get_by_role("button", name="Keskeytä ja hävitä tiedosto").click()
    upload(book(AADA, EERO_TODAY, AADA))
    page.get_by_label("Sarakkeita, joille on valittu").check()
    page.get_by_role("button", name="Katso, mitä riveille tapahtuu").click()
    page.get_by_label("Päättyneet, kahdesti olevat").check()
    look("rows")
    page.get_by_role("button", name="Tuo 2 riviä").click()
    page.get_by_text("2 riviä tuotiin").wait_for()
    assert found == []
    assert Client.objects.count() == 2

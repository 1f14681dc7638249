"""`manage.py verify_promises`: what it prints, and how it ends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from privacy_notice.models import PrivacyNoticePage, PromiseResult
from privacy_notice.promises.registry import promises
from privacy_notice.watch import changed_facts
from tests.privacy_notice.promises.world import EMAIL, NAME, https


def run(*arguments):
    out = StringIO()
    call_command("verify_promises", *arguments, stdout=out)
    return out.getvalue()


def test_all_is_well_and_grouped_as_the_notice_is(world):
    https(world)
    printed = run()
    headings = [line for line in printed.splitlines() if line and not line.startswith(" ")]
    assert headings[0] == "Rekisterin nimi"
    assert headings[-2] == "Tietoturvaloukkaukset"
    assert "Pitää: Kuka tahansa voi lukea selosteen. Kirjautumaton kävijä" in printed
    assert headings[-1].startswith("Kaikki lupaukset: rikki 0, ")
    assert PromiseResult.objects.count() == 55
    assert NAME not in printed
    assert EMAIL not in printed


def test_a_broken_one_is_told_and_ends_it_with_an_error(world):
    https(world)
    PrivacyNoticePage.objects.update(reviewed_on=None)
    with pytest.raises(CommandError, match="1 lupaus on rikki"):
        run()


def test_a_page_that_differs_from_todays_facts_is_named_with_the_way_to_its_approval(world):
    https(world)
    assert json.loads(run("--json"))[list(promises()).index("C23")]["differs"] == []
    world.let_in(LOG_YEARS=7)
    changed_facts.look_at_all(today=world.today)
    way = f"/admin/tietosuojaseloste/{world.page.pk}/hyvaksynta/"
    line = run().strip().splitlines()[-1]
    assert line.startswith("Julkinen sivu (fi) poikkeaa tämän päivän tiedoista: ")
    assert "Kuinka kauan tietoja säilytetään" in line
    assert line.endswith(way)
    (page,) = json.loads(run("--json"))[list(promises()).index("C23")]["differs"]
    assert (page["language"], page["waits"], page["link"]) == ("fi", True, way)
    assert page["sections"]


def test_for_a_program(world):
    https(world)
    told = json.loads(run("--json"))
    assert [each["clause"] for each in told] == list(promises())
    assert {each["state"] for each in told} == {"kept", "by_hand", "not_yet"}
    assert all(each["evidence"] for each in told)
    by_clause = {each["clause"]: each for each in told}
    assert by_clause["C24"]["link"] == "/admin/siirtoerat/"
    assert by_clause["C01"]["link"].endswith("/tietosuojaseloste/")

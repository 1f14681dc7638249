"""The home municipality is typed, in Finnish or Swedish, and read as people type it (C12)."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from register.reference.clock import today
from register.reference.municipalities import municipalities
from register.wagtail_admin.clients.municipality import MunicipalityField

PRESENT = [row for row in municipalities().values() if row.exists(today())]
FIELD = MunicipalityField(required=False)


class Filled(forms.Form):
    place = FIELD


@pytest.mark.parametrize("fold", [str, str.upper, lambda name: f"  {name.lower()} "])
def test_every_municipality_is_found_by_both_of_its_names(fold):
    for row in PRESENT:
        assert {FIELD.clean(fold(row.fi)), FIELD.clean(fold(row.sv))} == {row.code}


def test_a_keyboard_without_the_letters_finds_it_too():
    assert FIELD.clean("Aanekoski") == FIELD.clean("Äänekoski") == "992"
    assert FIELD.clean("Abo") == FIELD.clean("Turku") == "853"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_whatever_is_shown_is_read_again(language):
    with override(language):
        for row in municipalities().values():
            shown = FIELD.widget.format_value(row.code)
            assert FIELD.to_python(shown) == row.code
            assert f'value="{shown}"' in str(Filled(initial={"place": row.code})["place"])


def test_the_names_of_today_are_offered_with_the_other_language_beside_them():
    shown = str(Filled()["place"])
    assert 'list="id_place-names"' in shown
    assert '<datalist id="id_place-names">' in shown
    assert '<option value="Helsinki" label="Helsingfors">' in shown
    assert shown.count("<option") == len(PRESENT)
    assert "Valtimo" not in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [("Helsin", "Helsinki"), ("Tamperre", "Tampere"), ("Helsingf", "Helsinki"), ("Narnia", "")],
)
def test_what_is_none_is_refused_with_those_that_may_be_meant(typed, told):
    with pytest.raises(ValidationError) as refusal:
        FIELD.clean(typed)
    assert told in refusal.value.messages[0]
    assert Filled({"place": typed})["place"].value() == typed


def test_nothing_is_left_empty_and_an_unknown_number_is_refused():
    assert FIELD.clean("") == ""
    with pytest.raises(ValidationError):
        FIELD.clean("999")

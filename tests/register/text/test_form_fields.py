"""What is typed is put into its one form before it is checked."""

import pytest
from django import forms

from register.text.form_fields import BusinessId, Email, Line, Lines


@pytest.mark.parametrize(
    ("field", "typed", "understood"),
    [
        (Line(), " Maija\xa0\u200bVirtanen\n", "Maija Virtanen"),
        (Lines(), "yksi\r\nkaksi\x0bkolme\u2028neljä", "yksi\nkaksi\nkolme\nneljä"),
        (Email(), "maija@exam\u200bple.org\u2060", "maija@example.org"),
        (Email(), "maija@meri\u2011lappi.fi", "maija@meri-lappi.fi"),
        (BusinessId(max_length=9), "FI 1937104 – 7", "1937104-7"),
        (BusinessId(max_length=9), "19371047", "1937104-7"),
        (BusinessId(max_length=9), "1937104\u20117", "1937104-7"),
    ],
)
def test_it_is_understood(field, typed, understood):
    assert field.clean(typed) == understood
    assert not field.has_changed(understood, typed)


@pytest.mark.parametrize("field", [Line(), Lines(), Email(), BusinessId()])
@pytest.mark.parametrize("typed", ["\u200b", " \xad \u200e"])
def test_what_nobody_sees_is_no_answer(field, typed):
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)
    assert refusal.value.code == "required"


@pytest.mark.parametrize("field", [Line(), Lines(), Email()])
def test_control_characters_are_refused(field):
    with pytest.raises(forms.ValidationError):
        field.clean("maija\x00@example.org")


def test_the_length_is_that_of_what_is_stored():
    assert Line(max_length=5).clean("A\u030ak\u200be  ") == "Åke"
    with pytest.raises(forms.ValidationError):
        Line(max_length=2).clean("Åke")


def test_a_browser_does_not_cut_a_business_id_that_is_pasted():
    class Form(forms.Form):
        field = BusinessId(max_length=9)

    assert "maxlength" not in str(Form()["field"])


def test_nothing_typed_where_nothing_must_be_is_nothing():
    assert Line(required=False).clean(None) == ""

"""A form takes a personal identity code out before anything else reads what was typed."""

import pytest
from django import forms
from django.http import QueryDict

from register.text.masking import RefusesIdentityCodes, is_typed, typed_into

CODE = "131052-308T"
KEPT = "hetu [henkilötunnus poistettu] loppu"


class Answers(RefusesIdentityCodes, forms.Form):
    line = forms.CharField(required=False)
    lines = forms.CharField(required=False, widget=forms.Textarea)
    email = forms.EmailField(required=False)
    word = forms.CharField(required=False, widget=forms.PasswordInput)
    shown = forms.CharField(required=False, disabled=True)

    def clean_line(self):
        assert CODE not in self.cleaned_data["line"]
        return self.cleaned_data["line"]


@pytest.mark.parametrize("name", ["line", "lines", "email"])
@pytest.mark.parametrize("as_browser", [True, False])
def test_the_code_goes_and_the_rest_stays(name, as_browser):
    data = QueryDict(mutable=True)
    data.update({name: f"hetu {CODE} loppu"})
    form = Answers(data if as_browser else data.dict())
    assert not form.is_valid()
    assert form[name].value() == KEPT
    assert set(form.errors) == {name}
    assert CODE not in str(form)
    assert data[name].count(CODE) == 1  # what was posted is the caller's


def test_what_holds_none_is_left_alone():
    form = Answers({"line": "131052-308A", "word": CODE, "shown": CODE})
    assert form.is_valid()
    assert form.cleaned_data["line"] == "131052-308A"
    assert form.cleaned_data["word"] == CODE


def test_what_is_typed_and_shown():
    assert is_typed(forms.TextInput())
    assert is_typed(forms.EmailInput())
    assert is_typed(forms.Textarea())
    assert not is_typed(forms.PasswordInput())
    assert not is_typed(forms.HiddenInput())
    assert not is_typed(forms.Select())


def test_what_was_posted_under_a_name():
    assert typed_into(QueryDict("a=1&a=2"), "a") == ["1", "2"]
    assert typed_into({"a": "1", "b": ["1", "2"]}, "b") == ["1", "2"]
    assert typed_into({}, "a") == []

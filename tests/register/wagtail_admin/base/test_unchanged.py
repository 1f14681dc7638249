"""A field that comes back as it was shown keeps the row's value; any other is read and checked."""

import pytest
from django import forms
from django.http import QueryDict

from register.models import Service
from register.wagtail_admin.base.unchanged import KeepsUnchanged, as_sent, through_browser
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


class ServiceForm(KeepsUnchanged):
    asked = forms.BooleanField(required=False)

    class Meta:
        model = Service
        fields = ("name", "price", "active")

    def clean_name(self):
        return self.cleaned_data["name"].upper()


def form(row, **sent):
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data[name] = value
    return ServiceForm(data, instance=row)


@pytest.fixture
def row():
    # As from a table: it would not pass as a new name.
    return Service.objects.get(pk=ServiceFactory(name="vanha;;nimi", price=0, active=True).pk)


def test_what_was_not_touched_is_the_rows_own(row):
    sent = form(row, name="vanha;;nimi", price="0.00", active="on")
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["name"] == "vanha;;nimi"
    assert sent.changed_data == []
    assert not sent.touched("name", "price", "active")


def test_what_was_touched_is_read_and_checked(row):
    sent = form(row, name="uusi nimi", price="0.00", active="on")
    assert sent.is_valid()
    assert sent.cleaned_data["name"] == "UUSI NIMI"
    assert sent.changed_data == ["name"]
    assert sent.touched("name", "price")
    assert not form(row, name="uusi\tnimi", price="0.00", active="on").is_valid()


def test_what_was_cleared_is_no_unchanged_field(row):
    assert "name" in form(row, name="", price="0.00").errors


def test_a_new_row_has_nothing_to_keep():
    assert not form(Service(name="a\tb", price=1), name="a\tb", price="1", active="on").is_valid()


def test_a_box_that_belongs_to_no_row_is_read_each_time(row):
    sent = form(row, name="vanha;;nimi", price="0.00", active="on", asked="on")
    assert sent.is_valid()
    assert sent.cleaned_data["asked"] is True


def test_no_control_cuts_what_is_pasted(row):
    assert "maxlength" not in str(ServiceForm(instance=row))


def test_a_browser_has_line_breaks_of_its_own():
    assert through_browser(forms.Textarea(), ["a\r\nb\rc\n"]) == ["a\nb\nc\n"]
    assert through_browser(forms.TextInput(), ["a\nb"]) == ["ab"]
    assert through_browser(forms.EmailInput(), [" a@b.fi\n"]) == ["a@b.fi"]
    assert through_browser(forms.TextInput(), [" a "]) == [" a "]
    assert through_browser(forms.CheckboxSelectMultiple(), ["b", "", "a"]) == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "sent"), [(None, []), (False, []), (True, ["on"]), ([1, 2], ["1", "2"]), (0, ["0"])]
)
def test_what_a_browser_would_send(value, sent):
    assert as_sent(forms.CharField(), value) == sent

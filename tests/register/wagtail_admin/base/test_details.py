"""What is shown of an object takes its words and values from the model."""

from decimal import Decimal

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

from register.checks import registered_screens
from register.models import Note, Office, Service
from register.models.orders import NoteBasis
from register.wagtail_admin.base.details import Detail, described, field_names, verbose_name

SERVICE = Service(pk=1, name="Uraohjaus", price=Decimal(120))


def test_a_bare_name_is_a_field_with_its_verbose_name_and_value():
    assert described(SERVICE, ["name", "active"]) == [("Nimi", "Uraohjaus"), ("Tilattavissa", True)]


def test_a_choice_is_shown_as_a_person_reads_it():
    note = Note(basis=NoteBasis.TOLD_BY_CLIENT)
    [(_, shown)] = described(note, ["basis"])
    assert shown == NoteBasis.TOLD_BY_CLIENT.label


def test_a_screen_may_give_better_words_and_another_value():
    price = Detail("price", label="Hinta", accessor=lambda service: f"{service.price} €")
    assert described(SERVICE, [price]) == [("Hinta", "120 €")]


def test_what_is_no_field_needs_a_label():
    assert described(SERVICE, [Detail("pk", label="Numero")]) == [("Numero", 1)]
    with pytest.raises(FieldDoesNotExist):
        described(SERVICE, ["pk"])


@pytest.mark.parametrize(("language", "word"), [("fi", "Nimi"), ("sv", "Namn"), ("en", "Name")])
def test_a_label_is_translated_when_it_is_shown(language, word):
    label = verbose_name(Office, "name")
    with translation.override(language):
        assert str(label) == word


def test_all_fields_but_the_number_and_those_left_out():
    assert field_names(Service) == ("name", "price", "active")
    assert field_names(Service, without={"price"}) == ("name", "active")


@pytest.mark.parametrize("screen", registered_screens(), ids=lambda s: s.opts.model_name)
def test_every_detail_of_every_screen_has_words(screen):
    for detail in screen.details:
        words = str((Detail(detail) if isinstance(detail, str) else detail).label_on(screen.model))
        assert words[:1].isupper(), words

"""What people type is checked wherever a row is saved, whoever saves it."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from register.domain.access_log.typed import free_texts, refuse_unwanted
from register.inventory.registry import inventory
from register.models import (
    Client,
    Controller,
    DocumentVersion,
    Hold,
    Note,
    Office,
    Processor,
    Service,
    ServiceOrder,
)

CODE = "131052-308T"
UNWANTED = {
    "identity code": f"Matti {CODE} soittaa",
    "row of a table": "Matti Meikäläinen\t0401234567\tVantaa",
    "dash": "-",
    "blanks": "   ",
    "control character": "Matti\x08",
}
PEOPLE_TYPE = (
    Client,
    ServiceOrder,
    Note,
    Hold,
    Service,
    Office,
    Processor,
    Controller,
    DocumentVersion,
)
# Texts that the system makes, or copies of what was checked where it was typed.
NOT_TYPED = {
    "register.AccessLogEntry": {"model", "object_key", "view"},
    "register.EncryptionKey": {"key_id", "fingerprint"},
    "register.BookkeepingRow": {"reference", "name", "email", "service_name"},
    "register.ExportBatch": {"sha256"},
    "register.FactorSecret": {"secret"},
    "register.KeptResult": {"session_hash", "token_hash"},
    "register.LogInAttempts": {"key"},
    "register.OneTimeLink": {"secret_hash"},
    "register.MaterialChange": {"reason", "address"},
    "register.RegisterLogEntry": {"action", "object_id", "label"},
    "register.Statistic": {"service_name", "office_name"},
    # Checked answer by answer: the column is their JSON.
    "register.Feedback": {"answers"},
}


def register_models():
    return list(apps.get_app_config("register").get_models())


def test_every_free_text_of_the_register_is_tried_here():
    tried = {model._meta.label for model in PEOPLE_TYPE}
    for model in register_models():
        label = model._meta.label
        assert inventory.declares(label) or label in inventory
        names = {text.name for text in free_texts(model)}
        if label not in tried:
            assert names <= NOT_TYPED.get(label, set()), f"{label}: {names}"


TYPED = [(model, text) for model in (*PEOPLE_TYPE, get_user_model()) for text in free_texts(model)]


@pytest.mark.parametrize("kind", UNWANTED)
@pytest.mark.parametrize(("model", "text"), TYPED, ids=lambda each: getattr(each, "name", None))
def test_what_belongs_elsewhere_is_refused_in_every_free_text(model, text, kind):
    row = model()
    setattr(row, text.name, UNWANTED[kind])
    harmless = (kind == "row of a table" and not text.one_line) or (
        kind in ("dash", "blanks") and not text.required
    )
    if harmless:
        refuse_unwanted(row, [text.column])
        return
    with pytest.raises(ValidationError) as refusal:
        refuse_unwanted(row, [text.column])
    assert set(refusal.value.error_dict) == {text.name}
    assert CODE not in str(refusal.value)


@pytest.mark.parametrize(("model", "text"), TYPED, ids=lambda each: getattr(each, "name", None))
def test_too_long_is_said_with_both_numbers(model, text):
    if text.longest is None:
        assert model is Controller or text.name == "password"
        return
    row = model()
    setattr(row, text.name, "ö" * text.longest)
    refuse_unwanted(row, [text.column])
    setattr(row, text.name, "ö" * (text.longest + 1))
    with pytest.raises(ValidationError) as refusal:
        refuse_unwanted(row, [text.column])
    told = " ".join(refusal.value.messages)
    assert str(text.longest) in told.replace("\xa0", "")
    assert str(text.longest + 1) in told.replace("\xa0", "")


def test_what_is_not_changed_is_not_checked():
    row = Client(name=UNWANTED["identity code"])
    refuse_unwanted(row, ["email"])


def test_a_year_that_cannot_be_meant_is_refused_in_every_day_that_is_typed():
    tried = 0
    for model in register_models():
        for field in model._meta.concrete_fields:
            if field.get_internal_type() == "DateField" and field.editable:
                tried += 1
                with pytest.raises(ValidationError) as refusal:
                    refuse_unwanted(model(**{field.name: date(226, 2, 1)}), [field.name])
                assert set(refusal.value.error_dict) == {field.name}
    assert tried > 10


def test_each_thing_that_is_wrong_is_told():
    row = Client(name=f"{CODE}\tMatti\x0b")
    with pytest.raises(ValidationError) as refusal:
        refuse_unwanted(row, ["name"])
    assert len(refusal.value.messages) == 3

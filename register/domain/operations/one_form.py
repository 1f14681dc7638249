"""Texts that were stored before each text had one form."""

import logging
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from register.text.model_fields import InOneForm

logger = logging.getLogger(__name__)


def put(apps: Apps) -> None:
    """Put every text into its one form, for a migration whose models are those of `apps`.

    A text that would then be another row's, where there may be one only, stays as it is: the log
    tells which, and a person decides.
    """
    for model in installed.get_app_config("register").get_models():
        try:
            rows = apps.get_model(model._meta.label)._base_manager.all()
        except LookupError:
            continue
        _put(rows, _texts(model, rows.model))


def _texts(model: type[Model], earlier: type[Model]) -> list[InOneForm]:
    """Return the model's text fields that it had then."""
    names = {field.name for field in earlier._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, InOneForm) and field.name in names
    ]


def _put(rows: QuerySet[Any], fields: list[InOneForm]) -> None:
    names = [field.name for field in fields]
    if not names:
        return
    found = [
        (key, changed)
        for key, *texts in rows.values_list("pk", *names).iterator()
        if (changed := _changed(fields, texts))
    ]
    for key, changed in found:
        try:
            with transaction.atomic(using=rows.db):
                rows.filter(pk=key).update(**changed)
        except IntegrityError:
            logger.warning("%s %s has a twin that looks the same.", rows.model._meta.label, key)


def _changed(fields: list[InOneForm], texts: list[str]) -> dict[str, str]:
    return {
        field.name: formed
        for field, text in zip(fields, texts, strict=True)
        if (formed := field.normal(text)) != text
    }

"""Derived keys that are not what they should be: found, and made anew.

Whoever saves a row fills its keys. What nobody saved is found here: a row that was changed in the
database by hand, a name that was changed in the user's table, a rule that a new version of the
software has changed.
"""

import logging
import math
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from register.db import retry
from register.db.keys import DerivedKey, keys_of

logger = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Place:
    """How far the mending has come: the last row that was looked at."""

    model: str
    after: str


def keyed_models() -> list[type[Model]]:
    """Return the models whose rows have derived keys."""
    return [model for model in installed.get_models() if keys_of(model)]


def count_stale() -> dict[str, int]:
    """Return by model how many rows have a key that is not what it should be."""
    counts = Counter(
        model._meta.label
        for model in keyed_models()
        for batch in _batches(model._base_manager.all())
        for _row in _stale_among(batch)
    )
    return dict(counts)


def mend(
    *, place: Place | None = None, until: float = math.inf
) -> tuple[dict[str, int], Place | None]:
    """Make the stale keys anew, each batch in a transaction of its own.

    Nobody sees a key: the row's version stays, and no page becomes stale.

    Args:
        place: where an earlier call stopped.
        until: when to stop, as `time.monotonic` counts.

    Returns by model how many rows were mended, and the place to go on from; None at the end.
    """
    done: Counter[str] = Counter()
    models = keyed_models()
    if place:
        models = models[[model._meta.label for model in models].index(place.model) :]
    for model in models:
        rows = model._base_manager.all()
        if place and place.model == model._meta.label:
            rows = rows.filter(pk__gt=place.after)
        for batch in _batches(rows):
            if keys := [row.pk for row in _stale_among(batch)]:
                done[model._meta.label] += retry.in_transaction(partial(_mend, model, keys))
            if time.monotonic() > until:
                return dict(done), Place(model._meta.label, str(batch[-1].pk))
    return dict(done), None


def fill(apps: Apps, *names: str) -> None:
    """Make the keys of these names of all rows, for a migration whose models are those of `apps`.

    A model that did not have them then is passed over.
    """
    for model in keyed_models():
        try:
            rows = apps.get_model(model._meta.label)._base_manager.all()
        except LookupError:
            continue
        had = {field.name for field in rows.model._meta.concrete_fields} & set(names)
        if fields := [field for field in keys_of(model) if field.name in had]:
            for batch in _batches(rows):
                _make_anew(rows, batch, fields)


def _mend(model: type[Model], keys: list[Any]) -> int:
    rows = list(
        model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    )
    try:
        with transaction.atomic():
            _make_anew(QuerySet(model), rows, keys_of(model))
    except IntegrityError:
        return sum(_mend_alone(row) for row in rows)
    return len(rows)


def _mend_alone(row: Model) -> bool:
    """Mend one row, unless its key is another row's already: that a person must clear up."""
    try:
        with transaction.atomic():
            _make_anew(QuerySet(type(row)), [row], keys_of(type(row)))
    except IntegrityError:
        logger.warning("%s %s has a key that is another row's.", row._meta.label, row.pk)
        return False
    return True


def _make_anew(rows: QuerySet[Any], batch: list[Any], fields: list[DerivedKey]) -> None:
    for row in batch:
        for field in fields:
            setattr(row, field.attname, field.of(row))
    rows.bulk_update(batch, [field.name for field in fields])


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Yield all rows in the order of their primary keys."""
    rest = rows.order_by("pk")
    batch = list(rest[:BATCH])
    while batch:
        yield batch
        batch = list(rest.filter(pk__gt=batch[-1].pk)[:BATCH])


def _stale_among(batch: list[Any]) -> list[Any]:
    return [row for row in batch if any(_differs(field, row) for field in keys_of(type(row)))]


def _differs(field: DerivedKey, row: Model) -> bool:
    return bool(getattr(row, field.attname) != field.of(row))

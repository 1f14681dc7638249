"""States are said once: a query finds a row exactly when the row says so itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet

from register.db.states import DayState, MomentState, State, holds
from register.models import Hold, ServiceOrder
from tests import factories
from tests.factories import HoldFactory, ServiceOrderFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, tzinfo=UTC)
DAYS = [TODAY + timedelta(days=days) for days in (-2, -1, 0, 1)]
MOMENTS = [NOW + timedelta(hours=hours) for hours in (-1, 0, 1)]
MODELS = list(apps.get_app_config("register").get_models())
STATES = [
    (model, name)
    for model in MODELS
    for name, found in vars(model).items()
    if isinstance(found, State | DayState | MomentState)
]
FACTORIES = {made._meta.model: made for made in vars(factories).values() if isinstance(made, type)}
# Adjectives that look at other rows than the one in hand, or at more than a day.
MORE_THAN_THE_ROW = {
    "Assignment.overlapping",
    "Client.assigned_to",
    "Client.held",
    "DocumentVersion.in_force",
    "NoticeGiven.of",
    "NoticeGiven.to_be_told",
    "PublishedPurpose.opened",
    "ServiceOrder.billed",
    "ServiceOrder.in_state",
    "ServiceOrder.with_end",
    "ServiceOrder.with_hold",
    "ServiceOrder.perhaps_ended_before",
    "ServiceOrder.ended_before",
    "ServiceOrder.quiet",
    "ServiceOrder.unbilled",
    "ServiceOrder.unsettled",
    "StaffMember.able_to_log_in",
    "StaffMember.holding",
    "StaffMember.in_good_standing",
}
each_state = pytest.mark.parametrize(
    ("model", "name"), STATES, ids=[f"{model.__name__}.{name}" for model, name in STATES]
)


def adjective(name: str) -> str:
    """Return what a QuerySet calls the state."""
    return name.removeprefix("is_").removeprefix("has_")


def columns(condition: Q) -> set[str]:
    """Return the columns that the condition compares."""
    return set().union(
        *(
            columns(part) if isinstance(part, Q) else {part[0].partition("__")[0]}
            for part in condition.children
        )
    )


def values_of(column: models.Field) -> list:
    """Return values around the day, and none where the column may be empty."""
    if column.choices:
        values = [value for value, _ in column.choices]
    else:
        values = {
            models.BooleanField: [True, False],
            models.DateField: DAYS,
            models.DateTimeField: MOMENTS,
            models.DecimalField: [Decimal(0), Decimal(1)],
        }[type(column)]
    return [None, *values] if column.null else values


@each_state
def test_a_query_finds_a_row_exactly_when_the_row_says_so(model, name, settings):
    a_day = timedelta(days=1)
    settings.REGISTER = {
        **settings.REGISTER,
        "EXPIRED_TRAINING_LOCKS_AFTER": a_day,
        "ASSESSMENT_VALID": a_day,
    }
    state = getattr(model, name)
    when = {DayState: (TODAY,), MomentState: (NOW,), State: ()}[type(state)]
    condition = state.on(*when) if when else state.condition
    row = FACTORIES[model]()
    # Plain, for fixed values are tried out too.
    kept = QuerySet(model).filter(pk=row.pk)
    names = sorted(columns(condition))
    seen = set()
    for values in product(*(values_of(model._meta.get_field(column)) for column in names)):
        try:
            with transaction.atomic():
                kept.update(**dict(zip(names, values, strict=True)))
        except IntegrityError:
            continue  # no such row can be
        row.refresh_from_db()
        answer = getattr(row, name)(*when) if when else getattr(row, name)
        assert kept.filter(condition).exists() is answer
        assert kept.filter(~condition).exists() is not answer
        if ask := getattr(model._default_manager, adjective(name), None):
            assert ask(*when).filter(pk=row.pk).exists() is answer
        seen.add(answer)
    assert seen == {True, False}


def test_every_adjective_of_a_queryset_is_a_state_or_needs_more_than_the_row():
    said = {f"{model.__name__}.{adjective(name)}" for model, name in STATES}
    asked = {
        f"{model.__name__}.{name}"
        for model in MODELS
        for kind in type(model._default_manager.all()).__mro__
        if kind.__module__.startswith("register.models") and issubclass(kind, QuerySet)
        for name, found in vars(kind).items()
        if callable(found) and not hasattr(QuerySet, name)
    }
    assert asked - said == MORE_THAN_THE_ROW


def test_every_state_of_a_model_is_known():
    """The walk would find nothing, and hold nothing, if states were declared elsewhere."""
    assert {(ServiceOrder, "is_finished"), (Hold, "is_active")} <= set(STATES)


@pytest.mark.parametrize(
    ("fields", "finished"),
    [
        ({"actual_end": TODAY}, True),
        ({"actual_end": TODAY + timedelta(days=1)}, False),
        ({"planned_end": TODAY}, False),
        ({"planned_end": TODAY - timedelta(days=1)}, True),
        ({"actual_end": TODAY, "planned_end": TODAY + timedelta(days=9)}, True),
        ({"actual_end": TODAY + timedelta(days=9), "planned_end": TODAY}, False),
        ({"cancelled_on": TODAY}, True),
        ({"cancelled_on": TODAY, "starts_on": TODAY + timedelta(days=9)}, True),
        ({"cancelled_on": TODAY + timedelta(days=1), "planned_end": TODAY}, False),
    ],
    ids=str,
)
def test_a_service_is_finished_on_its_last_day_and_valid_throughout_it(fields, finished):
    order = ServiceOrderFactory(**{"planned_end": date(2027, 1, 1), **fields})
    assert order.is_finished(TODAY) is finished
    assert order.is_ongoing(TODAY) is not finished
    assert set(ServiceOrder.objects.finished(TODAY)) == ({order} if finished else set())


def test_a_condition_on_another_row_is_no_state():
    with pytest.raises(KeyError):
        holds(Q(client__name="x"), ServiceOrderFactory())
    with pytest.raises(FieldDoesNotExist):
        holds(Q(nothing=1), HoldFactory())

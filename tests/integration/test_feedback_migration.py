"""A register that logged each receipt of feedback forgets when the answers came."""

import importlib
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from register.access.standing import SYSTEM
from register.domain import feedback
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Client, Feedback, RegisterLogEntry
from register.models.access_log import Action
from tests.factories import ClientFactory
from tests.register.domain.access_log.sealed import lifted

BEFORE = [("register", "0007_note_restrictions_in_the_log_of_use")]
MIGRATION = importlib.import_module("register.migrations.0008_forget_when_feedback_came")


@pytest.mark.django_db
def test_the_logs_lose_the_receipts_and_nothing_else():
    answer = feedback.receive(answers=[["Mitä?", "Kaikki"]], today=date(2026, 5, 1))
    for action, instance in (
        (Action.CREATE, answer),
        (Action.VIEW, answer),
        (Action.ERASE, answer),
        (Action.CREATE, ClientFactory()),
    ):
        record(
            by=SYSTEM,
            action=action,
            purpose=Purpose.FEEDBACK,
            model=type(instance),
            view="test",
            objects=[instance],
        )

    # As it was then: what keeps the log of use as it is came later.
    with lifted():
        MIGRATION.forget(
            MigrationExecutor(connection).loader.project_state(BEFORE).apps,
            SimpleNamespace(connection=connection),
        )

    assert Feedback.objects.get() == answer
    left = AccessLogEntry.objects.values_list("model", "action")
    assert set(left) == {
        ("register.Feedback", "view"),
        ("register.Feedback", "erase"),
        ("register.Client", "create"),
    }
    told = RegisterLogEntry.objects.values_list("content_type__model", "action")
    assert set(told) == {("feedback", "register.erase"), ("client", "wagtail.create")}
    assert Client.objects.exists()

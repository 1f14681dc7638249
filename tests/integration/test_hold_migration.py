"""Holds of before there were grounds and a limit: they hold on, and ask for a review."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from register.models import Hold
from register.models.retention import HoldGround
from tests.factories import ClientFactory, HoldFactory

BEFORE = [("register", "0008_forget_when_feedback_came")]
TODAY = date(2026, 11, 26)


@pytest.mark.django_db(transaction=True)
def test_a_hold_without_ground_and_end_is_held_and_overdue():
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("register")
    near = HoldFactory(client=ClientFactory(), set_on=TODAY, review_on=date(2027, 5, 1))
    clients = [ClientFactory().pk for _ in range(2)]
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        models = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        holds = models.get_model("register", "Hold").objects
        far, leap = (
            holds.create(
                client_id=client,
                ground="manual",
                reason_encrypted="x",
                set_on=set_on,
                review_on=date(2099, 1, 1),
            )
            for client, set_on in zip(clients, (TODAY, date(2024, 2, 29)), strict=True)
        )
    finally:
        MigrationExecutor(connection).migrate(newest)

    found = {hold.pk: hold for hold in Hold.objects.all()}
    assert found[near.pk].review_on == date(2027, 5, 1)
    assert found[far.pk].review_on == date(2027, 11, 26)
    assert found[leap.pk].review_on == date(2025, 2, 28)
    for hold in (found[far.pk], found[leap.pk]):
        assert hold.ground == HoldGround.UNSTATED
        assert hold.is_active(TODAY)
        assert hold.is_overdue(TODAY)

"""R15: whatever happened before and after a backup, each service is billed once."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from register.access.standing import SYSTEM
from register.domain.access_log import restored
from register.domain.billing import batch_file, downloads, exporting, references
from register.domain.erasure import ledger
from register.domain.operations import after_restore
from register.files import counter
from register.models import ExportBatch
from register.models.billing import BatchState
from register.models.staff import Role
from tests.factories import run_on, staff
from tests.register.domain.operations.test_after_restore import (
    DECEMBER,
    a_finished_order,
    beat,
    exported,
    ready,  # noqa: F401
    then_restored,
)

pytestmark = pytest.mark.django_db


def run():
    return after_restore.run(today=date(2027, 1, 31), now=timezone.now())


EVENTS = ["export", "receive", "a month later", "new order", "beat"]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(EVENTS), max_size=6), st.lists(st.sampled_from(EVENTS), max_size=8))
def test_whatever_happened_each_service_is_billed_once(before, since):
    """The oracle is a pile of copies of all files that ever were to be seen."""
    with transaction.atomic():
        world = World()
        for event in before:
            world.do(event)
        with then_restored():
            for event in since:
                world.do(event, since=True)
        run()
        again = run()
        assert (again.services, again.clients, again.orders, again.holds) == (0, 0, 0, 0)
        world.today = max(world.today, date(2027, 6, 2))
        world.do("export")
        known = {order.client.name for order in world.orders}
        billed = Counter(name for name, _ in world.seen.values())
        assert set(billed.values()) <= {1}
        assert known <= billed.keys()
        assert restored.mismatch() is None
        transaction.set_rollback(True)


class World:
    """Finished services of people with names of their own, and what was seen of their bills."""

    def __init__(self):
        for file in batch_file.path(ExportBatch().pk).parent.glob("*.txt"):
            file.unlink()
        for file in (*references.listings(), ledger.path()):
            file.unlink(missing_ok=True)
        counter.write(restored.inside_number())
        self.today, self.seen, self.orders = DECEMBER, {}, []
        self.billing = staff(Role.BILLING)
        self.do("new order")

    def do(self, event, since=False):
        if event == "export":
            exporting.export(today=self.today, by=SYSTEM)
        elif event == "receive":
            for batch in ExportBatch.objects.filter(state=BatchState.WRITTEN):
                downloads.mark_received(batch=batch, seen=None, by=self.billing, today=self.today)
        elif event == "a month later":
            self.today += timedelta(days=31)
            run_on(self.today)
        elif event == "new order":
            order = a_finished_order()
            if not since:
                self.orders.append(order)
        beat()
        self.seen |= {reference: (name, reference) for name, reference in exported()}

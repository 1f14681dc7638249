"""C22–C23: each is kept, and broken by an import, a column or a table that nobody knows."""

from dataclasses import replace

import pytest

from privacy_notice.promises.registry import promises
from register.inventory import inventory
from tests.factories import AssignmentFactory, ServiceOrderFactory
from tests.privacy_notice.promises.world import cases, is_broken_by, named, sql


def an_import(world):
    order = ServiceOrderFactory()
    AssignmentFactory(content_object=order.client)


def added_by_a_task(world):
    sql("UPDATE register_accesslogentry SET actor = NULL")


def a_column(world):
    sql("ALTER TABLE register_note ADD COLUMN attachment varchar(200)")


def a_table(world):
    sql("CREATE TABLE register_shoesizes (id integer PRIMARY KEY, size integer)")


def without_an_end(world):
    found = inventory["register.Feedback"]
    world.monkeypatch.setitem(inventory._declarations, found.model, replace(found, ends=None))


BREAKS = {"C22": (an_import, added_by_a_task), "C23": (a_column, a_table, without_an_end)}


def test_that_nothing_erases_by_the_owners_times_is_said_for_as_long_as_it_is_so():
    """C23, O8: a time on the page that nothing keeps is a promise not yet kept."""
    assert bool(promises()["C23"].missing) == bool(inventory.awaited())


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)

"""C22–C23: each is kept, and broken by an import, a column or a table that nobody knows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import WorkflowState

from privacy_notice.models import NoticeVersion, PromiseResult
from privacy_notice.models.states import State
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import promises
from privacy_notice.versions import apart
from privacy_notice.watch import changed_facts, nightly
from privacy_notice.watch.verifying import look_at
from register.access.standing import SYSTEM
from register.domain.clients.importing import entering
from register.inventory import inventory
from tests.factories import AssignmentFactory, ProcessorFactory, ServiceOrderFactory
from tests.privacy_notice.promises.world import cases, change_the_log, is_broken_by, named, sql
from tests.register.domain.clients.importing import lists


def an_import(world):
    order = ServiceOrderFactory()
    AssignmentFactory(content_object=order.client)


def added_by_a_task(world):
    change_the_log("UPDATE register_accesslogentry SET actor = NULL")


def a_column(world):
    sql("ALTER TABLE register_note ADD COLUMN attachment varchar(200)")


def a_table(world):
    sql("CREATE TABLE register_shoesizes (id integer PRIMARY KEY, size integer)")


def without_an_end(world):
    found = inventory["register.Feedback"]
    world.monkeypatch.setitem(inventory._declarations, found.model, replace(found, ends=None))


def another_period(world):
    world.let_in(LOG_YEARS=7)


def a_processor_elsewhere(world):
    ProcessorFactory(name="Keksitty Posti Ab", kind="mail", country="SE", hosting_country="SE")


def a_new_field(world):
    """The page was approved before there was a year of birth."""
    version = NoticeVersion.objects.latest("pk")
    without = json.loads(
        json.dumps(version.facts, ensure_ascii=False).replace("Syntymävuosi", "Kengännumero")
    )
    sql(
        "UPDATE privacy_notice_noticeversion SET facts = %s, content = %s WHERE id = %s",
        json.dumps(without),
        version.content.replace("Syntymävuosi", "Kengännumero"),
        version.pk,
    )


BREAKS = {
    "C22": (an_import, added_by_a_task),
    "C23": (
        a_column,
        a_table,
        without_an_end,
        another_period,
        a_processor_elsewhere,
        a_new_field,
    ),
}


def test_who_was_moved_from_the_companys_own_list_is_told_as_such(world):
    """C22: by a main user or by the command, which leaves no person in the log."""
    lists.offered()
    table, choices = lists.read(lists.ROW)
    day = lists.TODAY
    entering.enter(table, choices, seen="new1", by=SYSTEM, today=day)
    found = world.look("C22")
    assert found.state is State.KEPT
    assert "1" in found.evidence["fi"]
    assert "aiemmasta luettelosta" in found.evidence["fi"]


def test_a_change_that_waits_is_not_broken_until_nobody_sees_to_it(world):
    world.let_in(LOG_YEARS=7)
    assert world.look("C23").state is State.BROKEN
    changed_facts.look_at_all(today=world.today)
    waits = world.look("C23")
    assert waits.state is State.NOT_YET
    assert "odottaa hyväksyntää" in waits.evidence["fi"]
    later = timezone.now() + apart.IN_TIME + timedelta(minutes=1)
    assert look_at(promises()["C23"], Look(now=later)).state is State.BROKEN


def test_the_night_tells_of_it_once(world, mails):
    nightly.watch(now=timezone.now())
    mails.clear()
    WorkflowState.objects.all().delete()
    world.let_in(LOG_YEARS=7)
    for later in (timedelta(1), timedelta(2), timedelta(9)):
        nightly.watch(now=timezone.now() + later)
    with override("fi"):
        title = str(promises()["C23"].title)
    assert not [each for each in mails if title in each.get_content()]
    assert {str(each["Subject"]) for each in mails} >= {
        " Tietosuojaseloste: tiedot ovat muuttuneet julkaisun jälkeen"
    }
    result = PromiseResult.objects.filter(clause="C23").latest("day")
    assert (result.state, result.told) == (State.BROKEN, "")


def test_that_nothing_erases_by_the_owners_times_is_said_for_as_long_as_it_is_so():
    """C23, O8: a time on the page that nothing keeps is a promise not yet kept."""
    assert bool(promises()["C23"].missing) == bool(inventory.awaited())


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)

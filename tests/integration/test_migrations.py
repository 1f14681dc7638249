"""Each migration of the project goes back and forward again on a populated database."""

import math
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client as Browser
from django.utils import timezone
from wagtail.log_actions import log

from futuuri_site import demo, demo_content
from futuuri_site.content import pages
from privacy_notice.models import About, Approval, PrivacyNoticePage, ToldOf, Withdrawal
from privacy_notice.watch import nightly, signing
from register.domain import feedback, statistics
from register.domain.access_log import sealing
from register.domain.notices import publication
from register.domain.operations import derived_keys, heartbeat, kept_results
from register.domain.staff import warning
from register.models import (
    BookkeepingRow,
    Client,
    FactorSecret,
    FailedLogIns,
    LikelyDuplicate,
    LogInAttempts,
    Office,
    ServiceOrder,
    StaffMember,
)
from register.models.staff import Role
from tests import databases, factories
from tests.factories import list_of_last_evening, run_on

APPS = ("home", "privacy_notice", "register")
# Which migrations can't go back, by app and name, and why.
IRREVERSIBLE: dict[tuple[str, str], str] = {}

# Pages that are stored until they are asked for again.
MADE_AGAIN = {"privacy_notice_storedpage"}

GRAPH = MigrationLoader(None).graph
MIGRATIONS = [
    key
    for key in dict.fromkeys(
        each for leaf in GRAPH.leaf_nodes() for each in GRAPH.forwards_plan(leaf)
    )
    if key[0] in APPS
]
# One that stands before an irreversible one was shown to go back until that one came.
THAT_GO_BACK = [key for key in MIGRATIONS if not IRREVERSIBLE.keys() & GRAPH.backwards_plan(key)]


@pytest.fixture
def populated(django_db_setup, django_db_blocker, settings):
    """A database of the test's own, with something in each table of the project."""
    settings.DEMO_CONTENT_ALLOWED = True
    original = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.connect_to_copy(f"{original}_migrations")
        try:
            populate()
            yield
        finally:
            databases.drop_copy(back_to=original)


def populate():
    today = timezone.localdate()
    last_year = today - timedelta(days=400)
    pages.create(languages=["fi"])
    demo_content.create()
    ended = factories.ServiceOrderFactory(starts_on=last_year, planned_end=last_year, price=0)
    factories.NoteFactory(order=ended, met_on=last_year)
    feedback.receive(answers=[["Mikä oli hyvää?", "Kaikki"]], today=today)
    run_on(today)
    statistics.tally(ServiceOrder.objects.all())
    client, other = Client.objects.all()[:2]
    LikelyDuplicate.objects.create(client=client, other=other)
    publication.publish(version=2, material=True, reason="Muutos", address="/", today=today)
    log(client, "wagtail.edit")
    heartbeat.beat(now=timezone.now())
    sealing.seal_rows(now=timezone.now, until=math.inf)
    sealing.seal_restore(now=timezone.now())
    somebody = StaffMember.objects.first().user
    FactorSecret.objects.create(user=somebody, secret="x")
    LogInAttempts.objects.create(key="x", count=1, since=timezone.now())
    FailedLogIns.objects.create(account=0, count=1, since=timezone.now(), day=today)
    nightly.watch(now=timezone.now())
    notice = PrivacyNoticePage.objects.first()
    ToldOf.objects.create(page=notice, about=About.REVIEW, mark="x")
    Approval.objects.create(page=notice, reason="Muutos", approved_on=today)
    Withdrawal.objects.create(
        notice_version=notice.versions.first(), reason="Vahinko", withdrawn_on=today
    )
    main_user = StaffMember.objects.filter(user__groups__name=Role.MAIN_USER).first()
    signing.confirm(clause="C37", seen=0, by=main_user.user, today=today)
    assert Browser().get("/").status_code == 200  # and is stored
    list_of_last_evening(date(today.year + 5, 6, 1))
    factories.AcknowledgementFactory(acknowledged_on=today)
    factories.OneTimeLinkFactory()
    factories.AccessChangeFactory()
    factories.RoleRequestFactory()
    warning.warn(now=timezone.now())
    kept_results.keep([str(client.pk)], session="x", now=timezone.now())


def migrate(*targets):
    MigrationExecutor(connection).migrate(list(targets))


def before(key):
    """Return what stands directly before a migration of its app."""
    parents = [parent.key for parent in GRAPH.node_map[key].parents if parent.key[0] == key[0]]
    return parents or [(key[0], None)]


def tables():
    """Return the columns and the number of rows of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            description = connection.introspection.get_table_description(cursor, table)
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = {column.name for column in description}, cursor.fetchone()[0]
    return found


def test_the_database_holds_something_in_each_table(populated):
    found = tables()
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    assert [model for model in models if not found[model._meta.db_table][1]] == []


def test_each_goes_back_and_forward(populated):
    """One after the other from the newest, each on rows that the older ones left as they were."""
    newest = tables()
    for key in reversed(THAT_GO_BACK):
        latest = tables()
        migrate(*before(key))
        earlier = tables()
        assert key not in MigrationLoader(connection).applied_migrations
        migrate(key)
        assert (key, columns(tables())) == (key, columns(latest))
        assert (key, changed_rows(latest, tables(), earlier)) == (key, {})
        migrate(*before(key))
    migrate(*GRAPH.leaf_nodes())
    assert columns(tables()) == columns(newest)


def columns(found):
    return {table: names for table, (names, _) in found.items()}


def changed_rows(before, after, tables):
    """Return the numbers of rows before and after, of those tables that have other ones."""
    numbers = {
        table: (before[table][1], after[table][1])
        for table in tables
        if table in before and table not in MADE_AGAIN
    }
    return {table: (was, is_now) for table, (was, is_now) in numbers.items() if was != is_now}


def named(ending):
    (key,) = [key for key in MIGRATIONS if key[1].endswith(ending)]
    return key


def test_texts_and_keys_are_made_of_what_was_there(populated):
    migrate(*before(named("_texts_in_one_form")))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_client SET name = %s", ["A\u030ake\u200b Öhman"])
        cursor.execute("UPDATE register_office SET name = name || %s", ["\u2011x"])
    migrate(*GRAPH.leaf_nodes())

    assert set(Client.objects.values_list("name", "sort_key")) == {("Åke Öhman", "}hman {ke")}
    assert {office.name[-2:] for office in Office.objects.all()} == {"-x"}
    assert derived_keys.count_stale() == {}
    kept = BookkeepingRow.objects.values_list("sort_key", flat=True)
    assert kept
    assert "" not in kept


def test_a_text_that_has_a_twin_is_left_to_a_person(populated, caplog):
    migrate(*before(named("_texts_in_one_form")))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE register_office SET name = %s WHERE name = %s", ["A\u2011b", "Vantaa"]
        )
        cursor.execute("UPDATE register_office SET name = %s WHERE name = %s", ["A-b", "Helsinki"])
    migrate(*GRAPH.leaf_nodes())
    assert set(Office.objects.values_list("name", flat=True)) >= {"A-b", "A\u2011b"}
    assert "twin" in caplog.text


def test_two_accounts_that_read_alike_are_told_before_anything_is_made(populated):
    migrate(*before(named("_log_in_names_compared_folded")))
    with connection.cursor() as cursor:
        for number, name in enumerate(("Aino", "aino")):
            cursor.execute(
                "UPDATE auth_user SET username = %s WHERE username = %s",
                [name, demo.LOGINS[number].username],
            )
    with pytest.raises(CommandError, match="Aino, aino"):
        migrate(*GRAPH.leaf_nodes())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_user SET username = 'eino' WHERE username = 'aino'")
    migrate(*GRAPH.leaf_nodes())
    assert StaffMember.objects.filter(login_key="eino").exists()


def test_only_the_marked_ones_do_not_go_back():
    assert IRREVERSIBLE.keys() <= set(MIGRATIONS)
    for key in MIGRATIONS:
        operations = GRAPH.nodes[key].operations
        assert key in IRREVERSIBLE or all(operation.reversible for operation in operations), key

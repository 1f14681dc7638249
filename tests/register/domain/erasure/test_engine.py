"""C44, C45: what is erased is nowhere any more, by one engine, derived from the inventory."""

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

import register
from register.domain.billing import claims
from register.domain.erasure import engine
from register.inventory.registry import inventory
from register.inventory.vocabulary import ErasureUnit, Subject
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    Assignment,
    BookkeepingRow,
    Client,
    Erasure,
    ErasureRecord,
    ExportBatch,
    Feedback,
    Hold,
    LikelyDuplicate,
    Note,
    ServiceOrder,
)
from register.models.access_log import Action
from register.models.billing import BatchState
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    run_on,
)

ENDED, NEW_YEAR, LAST_DAY = date(2026, 6, 1), date(2027, 1, 1), date(2027, 1, 31)


def order_of(client=None, **changes):
    details = {"planned_end": ENDED, "price": 0} | changes
    return ServiceOrderFactory(client=client or ClientFactory(), **details)


# --- derived from the inventory


def test_every_model_with_a_way_to_a_client_or_order_is_erased_with_it():
    """The inventory covers each foreign key to what is erased; only bookkeeping is cut loose."""
    erased = {found.model for unit in ErasureUnit for found in inventory.erased_with(unit)}
    targets = {apps.get_model(label) for label in erased}
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in targets
    }
    assert pointing - erased == {"register.BookkeepingRow"}


def test_referring_models_are_deleted_before_those_they_refer_to():
    for unit in ErasureUnit:
        order = engine.in_order_of_deletion(unit)
        for position, model in enumerate(order):
            referred = {field.related_model for field in model._meta.concrete_fields}
            assert not referred & set(order[:position]) - {model}


# Who else deletes or empties something, and what it is.
NOT_PERSONAL = {
    "access/attempts.py": "counts of failed log-ins, under keyed hashes",
    "domain/access_log/log_ins.py": "counts of failed log-ins, once the log tells of them",
    "access/running_sessions.py": "sessions that their owner ends",
    "domain/staff/second_factor.py": "a factor that its owner removes, or a main user resets",
    "domain/statistics.py": "tallies, which are counts",
    "domain/access_log/changing.py": "services, offices and processors",
    "models/access_log.py": "refuses to",
    "db/fixed.py": "refuses to delete what billing has",
    "domain/billing/batches.py": "a batch that claimed nothing",
    "domain/notices/publication.py": "purposes that are declared no more",
    "domain/operations/tidying.py": "results of tasks, and sessions that ended",
    "domain/operations/kept_results.py": "keys of rows that a search found, after half an hour",
    "tasks/schedules.py": "schedules of tasks that are no more",
}


def test_one_module_deletes_or_blanks_personal_rows():
    root = Path(register.__file__).parent
    found = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "migrations" not in file.parts and deletes_or_blanks(file.read_text())
    }
    assert found - set(NOT_PERSONAL) == {"domain/erasure/engine.py"}


def deletes_or_blanks(source: str) -> bool:
    personal = {name for found in inventory.of(Subject.CLIENT) for name in found.personal} - {
        "other",
        "order",
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("delete", "_raw_delete"):
                return True
            empties = node.func.attr == "update" and personal & {key.arg for key in node.keywords}
            if empties:
                return True
    return "DELETE FROM" in source


# What else a row needs whose period is over, the second one being another.
OUTLIVED = {
    "privacy_notice.Approval": lambda number: {"reason": "Muutos"},
    "privacy_notice.PromiseResult": lambda number: {"clause": "C37", "checked_at": timezone.now()},
    "register.FailedLogIns": lambda number: {"account": number, "since": timezone.now()},
    "privacy_notice.SignOff": lambda number: {"clause": "C37", "number": number},
}


@pytest.mark.django_db
def test_what_has_a_period_of_its_own_is_erased_when_it_is_over():
    """The last day of it is one of it."""
    day = date(2026, 11, 26)
    for model, clock in inventory.with_clock():
        rows = apps.get_model(model).objects
        for offset in (0, 1):
            values = {clock.field: clock.first_kept(day) - timedelta(days=offset)}
            rows.create(**OUTLIVED[model](offset), **values)
        assert engine.erase_outlived(today=day) == 1
        assert [getattr(row, clock.field) for row in rows.all()] == [clock.first_kept(day)]


# --- erased


@pytest.mark.django_db
def test_everything_about_the_client_is_erased_and_nothing_of_another():
    erased, other = order_of(), order_of(planned_end=NEW_YEAR)
    for order in (erased, other):
        NoteFactory(order=order, met_on=date(2026, 3, 1))
        AssignmentFactory(content_object=order.client)
        HoldFactory(client=order.client, released_on=date(2026, 3, 1))
    LikelyDuplicate.objects.create(client=other.client, other=erased.client)

    run_on(NEW_YEAR)

    assert list(Client.objects.all()) == [other.client]
    assert list(ServiceOrder.objects.all()) == [other]
    assert [note.order for note in Note.objects.all()] == [other]
    assert [found.content_object for found in Assignment.objects.all()] == [other.client]
    assert [hold.client for hold in Hold.objects.all()] == [other.client]
    assert not LikelyDuplicate.objects.exists()
    records = set(ErasureRecord.objects.values_list("erased_id", "unit", "erasure__erased_on"))
    assert records == {(erased.pk, "order", NEW_YEAR), (erased.client_id, "client", NEW_YEAR)}


@pytest.mark.django_db
def test_each_batch_is_in_the_log_of_use_by_key_only():
    order = order_of()
    run = run_on(NEW_YEAR)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor, entry.count) == (Action.ERASE, None, 1)
    assert (entry.model, entry.object_key) == ("register.Erasure", str(Erasure.objects.get().pk))
    assert entry.details == {"run": str(run.pk)}
    subject = AccessLogSubject.objects.get()
    assert (subject.entry, subject.client) == (entry.pk, order.client_id)


@pytest.mark.django_db
def test_no_log_entry_no_erasure(monkeypatch):
    order_of()

    def fail(**kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(engine, "record", fail)
    run = run_on(NEW_YEAR)
    assert Client.objects.count() == 1
    assert not ErasureRecord.objects.exists()
    assert run.clients_failed == 1


# --- bookkeeping and billing (C45, O5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "today", "address_left"),
    [
        (BatchState.RECEIVED, NEW_YEAR, False),
        (BatchState.WRITTEN, LAST_DAY, False),
        (BatchState.OPEN, LAST_DAY, True),
    ],
)
def test_a_bookkeeping_row_outlives_the_client_without_key_and_address(state, today, address_left):
    order = order_of(price=120)
    BookkeepingRowFactory(order=order, batch=ExportBatchFactory(state=state))
    run_on(today)
    row = BookkeepingRow.objects.get()
    assert not Client.objects.exists()
    assert row.order is None
    assert bool(row.email) is address_left


@pytest.mark.django_db
def test_what_is_unbilled_on_31_january_is_kept_with_its_address_until_it_is_exported():
    order = order_of(price=120)
    name, email = order.client.name, order.client.email
    run_on(date(2027, 1, 30))
    assert Client.objects.count() == 1
    run_on(LAST_DAY)
    assert not Client.objects.exists()
    row = BookkeepingRow.objects.get()
    assert (row.batch, row.order, row.name, row.email) == (None, None, name, email)

    row.batch = ExportBatchFactory(state=BatchState.OPEN, made_on=date(2027, 2, 1))
    row.save()
    run_on(date(2027, 2, 1))
    assert BookkeepingRow.objects.get().email == email
    ExportBatch.objects.update(state=BatchState.WRITTEN)
    run_on(date(2027, 2, 2))
    assert BookkeepingRow.objects.get().email == ""


@pytest.mark.django_db
def test_a_row_is_kept_through_its_last_day_and_no_longer():
    BookkeepingRowFactory(keep_until=date(2026, 12, 31))
    run_on(date(2026, 12, 31))
    assert BookkeepingRow.objects.exists()
    run = run_on(NEW_YEAR)
    assert not BookkeepingRow.objects.exists()
    assert run.vouchers_erased == 1


@pytest.mark.django_db
def test_an_exported_order_that_is_held_for_seven_years_is_never_billed_again():
    """R06, R08: its voucher, whose time is over in 2033, goes with it when the hold ends."""
    order = order_of(price=120)
    HoldFactory(client=order.client, released_on=date(2033, 6, 1))
    BookkeepingRowFactory(
        order=order,
        batch=ExportBatchFactory(state=BatchState.RECEIVED),
        keep_until=date(2032, 12, 31),
    )
    for today in (NEW_YEAR, date(2033, 1, 1), date(2033, 5, 31)):
        run = run_on(today)
        assert (run.clients_held, run.vouchers_erased) == (1, 0)
        assert not claims.anything_billable(today)

    run_on(date(2033, 6, 1))

    assert not ServiceOrder.objects.exists()
    assert not BookkeepingRow.objects.exists()


@pytest.fixture
def private_dir(settings, tmp_path):
    settings.REGISTER = settings.REGISTER | {"PRIVATE_DIR": tmp_path}
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "made_on", "today", "removed"),
    [
        (BatchState.RECEIVED, date(2026, 12, 31), date(2026, 12, 31), False),
        (BatchState.RECEIVED, date(2026, 12, 31), NEW_YEAR, True),
        (BatchState.WRITTEN, date(2026, 12, 31), date(2027, 1, 30), False),
        (BatchState.WRITTEN, date(2026, 12, 31), LAST_DAY, True),
        (BatchState.WRITTEN, date(2027, 1, 30), LAST_DAY, True),
        (BatchState.WRITTEN, date(2026, 12, 31), date(2027, 6, 1), True),
        (BatchState.WRITTEN, LAST_DAY, date(2027, 2, 1), True),
    ],
)
def test_no_export_file_outlives_january(private_dir, state, made_on, today, removed):
    """O5."""
    batch = ExportBatchFactory(state=state, made_on=made_on)
    file = private_dir / "billing" / f"{batch.pk}.txt"
    file.parent.mkdir()
    file.touch()
    dry = run_on(today, dry=True)
    assert file.exists()
    run = run_on(today)
    batch.refresh_from_db()
    assert file.exists() is not removed
    assert (batch.state == BatchState.EXPIRED) is removed
    assert run.files_removed == dry.files_removed == int(removed)


@pytest.mark.django_db
def test_last_year_s_feedback_goes_too(monkeypatch):
    monkeypatch.setattr(engine, "SLICE", 2)
    for day in (1, 2, 3):
        Feedback.objects.create(received_on=date(2026, 12, day), answers="[]")
    Feedback.objects.create(received_on=NEW_YEAR, answers="[]")
    dry = run_on(NEW_YEAR, dry=True)
    assert Feedback.objects.count() == 4
    run = run_on(NEW_YEAR)
    assert Feedback.objects.get().received_on == NEW_YEAR
    assert run.feedback_erased == dry.feedback_erased == 3


# --- residue


def tables_with(value: str) -> set[str]:
    """Search every column of every table, as text."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            for column in columns:
                quoted = f'CAST("{column.name}" AS text)'
                cursor.execute(f'SELECT 1 FROM "{table}" WHERE {quoted} LIKE %s', [f"%{value}%"])
                if cursor.fetchone():
                    found.add(table)
    return found


@pytest.mark.django_db
def test_no_erased_value_is_left_in_any_table():
    """Zero hits outside the bookkeeping row that the law keeps."""
    client = ClientFactory(
        name="Äijö Jäännösnimi",
        email="jaannos@example.org",
        phone="+358407654321",
        birth_year=1933,
    )
    order = order_of(client, price=120)
    note = NoteFactory(order=order, met_on=ENDED, text="Jäännössalaisuus")
    HoldFactory(client=client, released_on=ENDED)
    AssignmentFactory(content_object=client)
    BookkeepingRowFactory(
        order=order,
        name=client.name,
        email=client.email,
        batch=ExportBatchFactory(state=BatchState.RECEIVED),
    )
    values = [
        "jaannos@example",
        "358407654321",
        client.register_number,
        note.text_encrypted,
        "salaisuus",
        client.search_key.strip(),
        "0407654321",
    ]
    assert tables_with(client.search_key) == {"register_client"}
    assert tables_with(client.sort_key) == {"register_client", "register_bookkeepingrow"}
    assert tables_with("jaannos@example") == {"register_client", "register_bookkeepingrow"}
    assert tables_with(note.text_encrypted) == {"register_note"}

    run_on(NEW_YEAR)

    assert [value for value in values if tables_with(value)] == []
    assert tables_with("Äijö Jäännösnimi") == {"register_bookkeepingrow"}
    assert tables_with(client.sort_key) == {"register_bookkeepingrow"}
    key = client.pk.hex if connection.vendor == "sqlite" else str(client.pk)
    # Opaque, and of use: the ledger's record, and who was logged before.
    assert tables_with(key) == {"register_erasurerecord", "register_accesslogsubject"}

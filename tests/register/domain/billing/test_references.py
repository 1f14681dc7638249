"""R15: the listings beside the database are whole, opaque, and forget in time."""

import json
from datetime import date, timedelta

import pytest

from register.access.standing import SYSTEM
from register.conf import BACKUP_DAYS
from register.domain.billing import exporting, references
from register.models import BookkeepingRow, ExportBatch
from tests.factories import ProcessorFactory, ServiceOrderFactory, run_on

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 28)


@pytest.fixture
def exported():
    ProcessorFactory()
    ServiceOrderFactory(client__name="Salainen Nimi", actual_end=date(2026, 6, 15))
    ServiceOrderFactory(starts_on=date(2026, 6, 1), actual_end=date(2026, 12, 27))
    return exporting.export(today=DECEMBER, by=SYSTEM)


def listing(batch):
    return references.read(references.path(batch.pk))


def test_a_batch_is_listed_with_its_rows(exported):
    found = listing(exported)
    assert (found.batch, found.on, found.placed) == (exported.pk, DECEMBER, True)
    assert found.facts == {
        "recipient": exported.recipient_id,
        "rows": 2,
        "sha256": exported.sha256,
    }
    assert set(found.references) == set(
        BookkeepingRow.objects.values_list("pk", "reference", "order")
    )


def test_it_holds_opaque_keys_and_dates_only(exported):
    text = references.path(exported.pk).read_text()
    words = set()
    for line in text.splitlines():
        words |= json.loads(line).keys()
    assert words == {"batch", "on", "recipient", "rows", "sha256", "row", "reference", "order"} | {
        "placed"
    }
    for row in BookkeepingRow.objects.all():
        for value in (row.name, row.email, row.service_name, str(row.amount)):
            assert value not in text
    assert references.path(exported.pk).stat().st_mode & 0o777 == 0o600


def test_a_line_cut_short_spoils_itself_alone(exported):
    with references.path(exported.pk).open("a") as file:
        file.write('{"rece')
    references.note(exported.pk, removed=True)
    found = listing(exported)
    assert (found.removed, found.received_on, len(found.references)) == (True, None, 2)


def test_a_batch_without_a_listing_takes_no_note():
    references.note(ExportBatch().pk, removed=True)
    assert not references.listings()


def test_it_is_there_before_the_file_is_to_be_seen(exported, monkeypatch):
    put, seen = exporting.batches.batch_file.put_in_place, []

    def look(batch):
        seen.append(len(listing(batch).references))
        put(batch)

    monkeypatch.setattr(exporting.batches.batch_file, "put_in_place", look)
    ServiceOrderFactory(actual_end=date(2026, 6, 15))
    exporting.export(today=DECEMBER, by=SYSTEM)
    assert seen == [1]


def test_where_it_cannot_be_written_nothing_is_exported(exported, private_dir):
    ServiceOrderFactory(actual_end=date(2026, 6, 15))
    for file in references.listings():
        file.unlink()
    (private_dir / references.FOLDER / ".lock").unlink()
    (private_dir / references.FOLDER).rmdir()
    (private_dir / references.FOLDER).write_text("a file")
    with pytest.raises(OSError, match="exists"):
        exporting.export(today=DECEMBER, by=SYSTEM)
    assert ExportBatch.objects.being_made().exists()


def test_it_forgets_whose_a_bill_was_when_no_backup_needs_it(exported):
    run_on(date(2027, 1, 31))
    last = DECEMBER + timedelta(days=BACKUP_DAYS)
    assert references.forget(today=last) == 0
    assert references.forget(today=last + timedelta(days=1)) == 2
    assert not references.listings()


def test_it_keeps_what_it_still_needs(exported):
    row = BookkeepingRow.objects.get(order__actual_end=date(2026, 12, 27))
    BookkeepingRow.objects.filter(pk=row.pk).update(order=None)
    references.note(exported.pk, received="2026-12-30")
    assert references.forget(today=DECEMBER + timedelta(days=40)) == 1
    found = listing(exported)
    assert [each.row for each in found.references] != [row.pk]
    assert len(found.references) == 1
    assert (found.placed, found.received_on, found.removed) == (True, date(2026, 12, 30), False)


def test_a_folder_of_a_hundred_rows_is_forgotten_in_few_queries(
    exported, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        references.forget(today=DECEMBER + timedelta(days=40))


def test_writing_it_again_replaces_it(exported):
    with references.listing(exported, today=DECEMBER) as writing:
        writing.tell({"sha256": "0" * 64})
    assert listing(exported).facts["sha256"] == "0" * 64
    assert not listing(exported).placed

"""C24, C25, C29: the file of a batch, for its owner's eyes, as it was made."""

import hashlib
import stat
import uuid
from datetime import date

import pytest

from register.access.standing import SYSTEM
from register.domain.billing import batch_file, exporting
from register.exporters import billing_file
from register.models.billing import BatchState
from tests.factories import ExportBatchFactory, ProcessorFactory, ServiceOrderFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


def order(**fields):
    return ServiceOrderFactory(**{"actual_end": date(2026, 6, 15), **fields})


def test_the_fingerprint_is_that_of_the_file():
    ProcessorFactory()
    order()
    batch = exporting.export(today=TODAY, by=SYSTEM)
    assert batch.sha256 == hashlib.sha256(batch_file.path(batch.pk).read_bytes()).hexdigest()


def test_the_file_is_for_the_owner_only_outside_the_web_root_and_tells_nothing_by_its_name(
    settings, private_dir
):
    ProcessorFactory()
    order(client__name="Testi Nimetön")
    batch = exporting.export(today=TODAY, by=SYSTEM)

    file = batch_file.path(batch.pk)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(private_dir.stat().st_mode) == 0o700
    assert not file.is_relative_to(settings.MEDIA_ROOT)
    assert file.name == f"{batch.pk}.txt"
    assert sorted(path.name for path in file.parent.iterdir()) == [".lock", file.name]


def test_another_format_gets_the_same_lines_and_no_more():
    ProcessorFactory()
    order()
    seen = []

    class Counting:
        def write(self, rows):
            for row in rows:
                seen.append(row)
                yield b"x"

    batch = exporting.export(today=TODAY, by=SYSTEM, form=Counting())
    assert batch_file.path(batch.pk).read_bytes() == b"x"
    assert [type(row) for row in seen] == [billing_file.Line]


def test_what_no_batch_knows_is_removed_and_what_one_knows_stays():
    """O5: no file outlives January, known to the database or not."""
    ProcessorFactory()
    order()
    known = batch_file.path(exporting.export(today=TODAY, by=SYSTEM).pk)
    expired = ExportBatchFactory(state=BatchState.EXPIRED)
    for stray in (batch_file.path(uuid.uuid4()), batch_file.path(expired.pk)):
        stray.touch()
    known.with_name("jokin.tmp").touch()

    assert batch_file.remove_unknown() == 2
    assert sorted(file.name for file in known.parent.iterdir()) == [".lock", known.name]

"""C38: what was written to the log is sealed, once, whatever was open or killed meanwhile."""

import time
from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from register.domain.access_log import sealing, verifying
from register.files import checkpoints
from register.models import AccessLogEntry, AccessLogSubject, Client, Seal
from register.models.access_log import SealKind
from tests.factories import ClientFactory, ServiceOrderFactory, run_on
from tests.register.domain.access_log.sealed import seal, sql, used


def places():
    return list(AccessLogEntry.objects.order_by("id").values_list("seal", "place"))


@pytest.mark.django_db
def test_each_row_gets_its_seal_once(all_final):
    client = ClientFactory()
    used(client), used(client)
    assert (seal(), seal()) == (2, 0)
    used(client)
    assert seal() == 1
    assert places() == [(1, 1), (1, 2), (2, 1)]
    assert list(Seal.objects.values_list("position", "count")) == [(1, 2), (2, 1)]
    assert verifying.verify().problem is None


@pytest.mark.django_db
def test_each_head_is_written_down_outside_in_three_lines(all_final):
    used(ClientFactory())
    seal()
    assert checkpoints.path().read_text() == (
        f"{checkpoints.ORIGIN}\n1\n{Seal.objects.get().head}\n"
    )
    assert checkpoints.path().stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_what_does_not_fit_into_one_segment_takes_several(all_final, monkeypatch):
    monkeypatch.setattr(sealing, "SEGMENT", 2)
    client = ClientFactory()
    for _row in range(5):
        used(client)
    assert seal() == 5
    assert list(Seal.objects.values_list("count", flat=True)) == [2, 2, 1]
    assert verifying.verify().problem is None


@pytest.mark.django_db
def test_a_run_that_is_killed_before_the_checkpoint_is_made_up_for(all_final, monkeypatch):
    client = ClientFactory()
    used(client)
    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "append", failing(OSError("full")))
        with pytest.raises(OSError, match="full"):
            seal()
    assert checkpoints.newest() is None
    assert verifying.verify().problem is None
    seal()
    assert checkpoints.newest() == (1, Seal.objects.get().head)


@pytest.mark.django_db
def test_a_run_that_is_killed_inside_a_segment_leaves_it_unsealed(all_final, monkeypatch):
    used(ClientFactory())
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_add", failing(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert places() == [(None, None)]
    assert not AccessLogSubject.objects.exclude(commitment="").exists()
    assert seal() == 1
    assert verifying.verify().problem is None


def failing(error):
    def fail(*args, **kwargs):
        raise error

    return fail


@pytest.mark.django_db
def test_a_client_that_is_erased_leaves_the_seals_valid(all_final):
    order = ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0)
    used(order.client)
    seal()
    run_on(date(2027, 1, 1))
    assert not Client.objects.exists()
    seal()
    assert verifying.verify().problem is None


@pytest.mark.django_db
def test_a_key_that_is_erased_with_its_salt_leaves_the_seals_valid(all_final):
    client = ClientFactory()
    used(client)
    seal()
    assert sql("UPDATE register_accesslogsubject SET client = NULL, salt = ''") == 1
    assert sql("UPDATE register_accesslogentry SET object_key = '', salt = ''") == 1
    walk = verifying.verify()
    assert (walk.problem, walk.erased) == (None, 2)


@pytest.mark.django_db
def test_a_restore_has_a_seal_that_names_what_was_given_up(all_final):
    client = ClientFactory()
    used(client)
    seal()
    restore = transaction.savepoint()
    used(client)
    seal()
    given_up = checkpoints.newest()
    transaction.savepoint_rollback(restore)
    assert verifying.verify().problem.wrong is verifying.Wrong.TRUNCATED

    sealing.seal_restore(now=timezone.now())

    written = Seal.objects.get(kind=SealKind.RESTORE)
    assert (written.replaced, written.replaced_head) == given_up
    used(client)
    seal()
    walk = verifying.verify()
    assert (walk.problem, walk.restores) == (None, 1)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_sealed_later_and_raises_no_alarm():
    """Its row has an earlier number than rows that were written and looked at before."""
    client = ClientFactory()
    written, go_on = Event(), Event()

    def write_and_wait():
        with transaction.atomic():
            used(client)
            written.set()
            go_on.wait(30)

    def write_and_seal():
        used(client)
        seal()

    late, early = in_thread(write_and_wait), in_thread(write_and_seal)
    late.start()
    try:
        assert written.wait(30)
        early.start()
        if connection.vendor == "postgresql":
            early.join(30)
            assert AccessLogEntry.objects.filter(seal=None).count() == 1
        else:  # nobody writes while another does
            early.join(0.5)
            assert early.is_alive()
    finally:
        go_on.set()
        late.join()
        early.join()
    seal_all()
    assert AccessLogEntry.objects.exclude(seal=None).count() == 2
    assert verifying.verify().problem is None


def in_thread(work):
    def then_close():
        try:
            work()
        finally:
            connection.close()

    return Thread(target=then_close)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_seal_each_row_once(monkeypatch):
    client = ClientFactory()
    rows = [used(client) for _row in range(6)]
    monkeypatch.setattr(sealing, "SEGMENT", 2)

    def run():
        try:
            seal_all()
        finally:
            connection.close()

    runs = [Thread(target=run) for _run in range(2)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert sum(Seal.objects.values_list("count", flat=True)) == len(rows)
    assert verifying.verify().problem is None


def seal_all():
    """Seal until nothing is left: on PostgreSQL other databases' transactions hold rows back."""
    end = time.monotonic() + 60
    while AccessLogEntry.objects.filter(seal=None).exists() and time.monotonic() < end:
        seal()
        time.sleep(0.05)

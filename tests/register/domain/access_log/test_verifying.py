"""C38: whoever edits the database past the software is found, and the first row is named.

The triggers are taken down first, as the owner of the database can.
"""

import hashlib

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from register.db import encryption
from register.domain.access_log import seal_content, sealing, verifying
from register.domain.access_log.verifying import Problem, Wrong
from register.files import checkpoints
from register.models import AccessLogEntry, AccessLogSubject, Seal
from tests.factories import ClientFactory
from tests.register.domain.access_log.sealed import lifted, seal, sql, used

ENTRY, SUBJECT, SEAL = "register_accesslogentry", "register_accesslogsubject", "register_seal"


@pytest.fixture
def log(db, all_final):
    """Three seals with three rows each."""
    clients = [ClientFactory(), ClientFactory()]
    for _seal in range(3):
        for _row in range(3):
            used(*clients)
        seal()
    return {(entry.seal, entry.place): entry.pk for entry in AccessLogEntry.objects.all()}


def change_a_column(log):
    sql(f"UPDATE {ENTRY} SET actor = 7 WHERE id = %s", log[2, 2])
    return Problem(Wrong.CHANGED, 2, 2, log[2, 2])


def change_the_details(log):
    sql(f"UPDATE {ENTRY} SET details = '{{}}' WHERE id = %s", log[2, 1])
    return Problem(Wrong.CHANGED, 2, 1, log[2, 1])


def change_the_moment(log):
    sql(f"UPDATE {ENTRY} SET at = '2026-01-01 12:00:00+00:00' WHERE id = %s", log[1, 3])
    return Problem(Wrong.CHANGED, 1, 3, log[1, 3])


def change_whom_it_is_about(log):
    other = ClientFactory()
    key = AccessLogSubject._meta.get_field("client").get_db_prep_value(other.pk, connection)
    sql(f"UPDATE {SUBJECT} SET client = %s WHERE entry = %s", key, log[2, 2])
    return Problem(Wrong.CHANGED, 2, 2, log[2, 2])


def hide_whom_it_is_about(log):
    sql(f"DELETE FROM {SUBJECT} WHERE entry = %s", log[2, 2])
    return Problem(Wrong.CHANGED, 2, 2, log[2, 2])


def add_somebody_it_is_about(log):
    AccessLogSubject(entry=log[2, 2], client=ClientFactory().pk).save()
    return Problem(Wrong.CHANGED, 2, 2, log[2, 2])


def remove_a_row(log):
    sql(f"DELETE FROM {ENTRY} WHERE id = %s", log[2, 1])
    return Problem(Wrong.REMOVED, 2, 1)


def take_a_row_out_of_its_seal(log):
    sql(f"UPDATE {ENTRY} SET seal = NULL, place = NULL WHERE id = %s", log[3, 3])
    return Problem(Wrong.REMOVED, 3, 3)


def put_a_row_in(log):
    copied = AccessLogEntry.objects.get(pk=log[2, 3])
    copied.pk, copied.place, copied._state.adding = None, 4, True
    copied.save()
    return Problem(Wrong.INSERTED, 2, 0, copied.pk)


def put_a_row_into_no_seal(log):
    copied = AccessLogEntry.objects.get(pk=log[3, 3])
    copied.pk, copied.seal, copied._state.adding = None, 9, True
    copied.save()
    return Problem(Wrong.INSERTED, 9, 0, copied.pk)


def swap_two_rows(log):
    for place, key in ((9, log[2, 1]), (1, log[2, 3]), (3, log[2, 1])):
        sql(f"UPDATE {ENTRY} SET place = %s WHERE id = %s", place, key)
    return Problem(Wrong.MOVED, 2, 1, log[2, 3])


def cut_off_the_end(log):
    sql(f"DELETE FROM {ENTRY} WHERE seal = 3")
    sql(f"DELETE FROM {SEAL} WHERE position = 3")
    return Problem(Wrong.TRUNCATED, 3)


def remove_a_seal(log):
    sql(f"DELETE FROM {SEAL} WHERE position = 2")
    return Problem(Wrong.SEAL_REMOVED, 2)


def change_a_seal(log):
    sql(f"UPDATE {SEAL} SET sealed_at = '2026-01-01 12:00:00+00:00' WHERE position = 2")
    return Problem(Wrong.SEAL_CHANGED, 2)


def change_a_row_and_its_mark(log):
    sql(f"UPDATE {ENTRY} SET view = 'other' WHERE id = %s", log[3, 1])
    entry = AccessLogEntry.objects.get(pk=log[3, 1])
    about = AccessLogSubject.objects.filter(entry=entry.pk).order_by("id")
    mark = seal_content.mark(entry, [each.commitment for each in about])
    sql(f"UPDATE {ENTRY} SET mark = %s WHERE id = %s", mark, entry.pk)
    return Problem(Wrong.ROWS, 3)


def write_the_end_anew_without_the_key(log):
    change_a_row_and_its_mark(log)
    rewrite(Seal.objects.get(position=3))
    return Problem(Wrong.SEAL_FORGED, 3)


def write_the_end_anew_with_the_key(log):
    change_a_row_and_its_mark(log)
    rewrite(Seal.objects.get(position=3), mac=seal_content.mac)
    return Problem(Wrong.CHECKPOINT, 3)


def rewrite(seal, mac=lambda seal: hashlib.sha256(b"").hexdigest()):
    marks = AccessLogEntry.objects.filter(seal=seal.pk).order_by("place")
    seal.digest = seal_content.digest(marks.values_list("mark", flat=True))
    seal.head = seal_content.head(seal)
    sql(
        f"UPDATE {SEAL} SET digest = %s, head = %s, mac = %s WHERE position = %s",
        *(seal.digest, seal.head, mac(seal), seal.pk),
    )


def change_what_is_written_outside(log):
    lines = checkpoints.path().read_text().splitlines(keepends=True)
    lines[5] = f"{'0' * 64}\n"
    checkpoints.path().write_text("".join(lines))
    return Problem(Wrong.CHECKPOINT, 2)


def remove_what_is_written_outside(log):
    checkpoints.path().unlink()
    return Problem(Wrong.CHECKPOINT_MISSING, 1)


WAYS = [
    change_a_column,
    change_the_details,
    change_the_moment,
    change_whom_it_is_about,
    hide_whom_it_is_about,
    add_somebody_it_is_about,
    remove_a_row,
    take_a_row_out_of_its_seal,
    put_a_row_in,
    put_a_row_into_no_seal,
    swap_two_rows,
    cut_off_the_end,
    remove_a_seal,
    change_a_seal,
    change_a_row_and_its_mark,
    write_the_end_anew_without_the_key,
    write_the_end_anew_with_the_key,
    change_what_is_written_outside,
    remove_what_is_written_outside,
]


@pytest.mark.parametrize("tamper", WAYS)
def test_it_is_found_and_named(log, tamper):
    assert verifying.verify().problem is None
    with lifted():
        expected = tamper(log)
    assert verifying.verify().problem == expected
    with pytest.raises(CommandError) as failure:
        call_command("verify_access_log")
    assert str(failure.value) == str(expected)
    assert failure.value.returncode == 1


def test_what_is_as_it_was_is_told_in_numbers(log, capsys):
    call_command("verify_access_log")
    assert capsys.readouterr().out.splitlines() == [
        "Läpikäytyjä sinettejä: 3",
        "Läpikäytyjä rivejä: 9",
        "Vielä sinetöimättömiä rivejä: 0",
        "Palautettuja tietokantoja: 0",
        "Lokista poistettuja tunnisteita: 0",
        "Käyttöloki on sellainen kuin se sinetöitiin.",
    ]


def test_a_part_at_a_time_comes_to_the_same_end(log):
    parts, after = 0, 0
    while after := (walk := verifying.verify(after=after, until=0)).go_on_after:
        parts += 1
    assert (parts, walk.problem) == (3, None)


def test_a_key_that_was_taken_out_is_made_up_for_by_a_later_seal(log, settings):
    old = settings.REGISTER["ENCRYPTION_KEYS"]
    new = {"new": next(iter(old.values()))[::-1].lstrip("=") + "="}
    settings.REGISTER = {**settings.REGISTER, "ENCRYPTION_KEYS": new}
    assert verifying.verify().problem == Problem(Wrong.UNPROVEN, 3)
    used(ClientFactory())
    seal()
    assert Seal.objects.get(position=4).key_id == encryption.current_key_id() == "new"
    assert verifying.verify().problem is None


def test_what_a_power_cut_left_unfinished_is_passed_over(log):
    with open(checkpoints.path(), "a") as file:
        file.write(f"{checkpoints.ORIGIN}\n4\n00")
    used(ClientFactory())
    seal()
    assert [size for size, _head in checkpoints.read()] == [1, 2, 3, 4]
    assert checkpoints.newest() == (4, sealing.newest().head)
    assert verifying.verify().problem is None

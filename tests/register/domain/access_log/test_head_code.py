"""C38: a client's paper contradicts a log that was written anew."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from register.domain.access_log import head_code, seal_content, sealing
from register.domain.access_log.head_code import Told
from register.files import checkpoints
from register.models import AccessLogEntry, Seal
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, staff
from tests.register.domain.access_log.sealed import lifted, seal, sql, used

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_final")]


@pytest.fixture
def code():
    """The code on a paper; the log goes on after it."""
    used(ClientFactory())
    seal()
    printed = head_code.now()
    used(ClientFactory())
    seal()
    return printed


def told(code):
    return head_code.look_up(code).told


@pytest.mark.parametrize("head", ["0" * 64, "f" * 64, "0123456789abcdef" * 4])
def test_a_code_is_the_beginning_of_a_head(head):
    code = head_code.code_of(head)
    assert len(code) == 14
    assert head.startswith(head_code.beginning_of(code))


def test_it_is_found_however_it_is_typed(code, capsys):
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "O")):
        call_command("verify_access_log", letter=typed)
        out = capsys.readouterr().out
        assert "Loki sisältää paperin tunnisteen: sinetti 1" in out
        assert "Käyttöloki on sellainen kuin se sinetöitiin." in out


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-12345", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ"])
def test_what_is_no_code_is_told(code, typed):
    with pytest.raises(CommandError, match="ei ole tunniste"):
        call_command("verify_access_log", letter=typed)


def write_anew():
    """As one with database and keys, who takes a row out and seals the rest anew."""
    with lifted():
        sql("DELETE FROM register_accesslogsubject")
        sql("DELETE FROM register_accesslogentry WHERE seal = 1")
        sql("UPDATE register_accesslogentry SET seal = NULL, place = NULL")
        sql("DELETE FROM register_seal")
        known = checkpoints.path().read_bytes()
        checkpoints.path().unlink()
        AccessLogEntry.objects.filter(seal=None)
        seal()
    return known


def test_a_log_that_was_written_anew_is_contradicted_with_its_checkpoints_and_without(code, capsys):
    known = write_anew()
    assert told(code) is Told.UNKNOWN
    with pytest.raises(CommandError, match="Paperi on ristiriidassa lokin kanssa"):
        call_command("verify_access_log", letter=code)
    checkpoints.path().write_bytes(known)
    assert told(code) is Told.CONTRADICTED
    with pytest.raises(CommandError, match="sinettinä 1") as failure:
        call_command("verify_access_log", letter=code)
    assert len(str(failure.value).splitlines()) == 2


def test_what_was_erased_at_the_end_of_its_time_contradicts_nothing(code):
    with sealing.alone(), transaction.atomic():
        sealing.seal_erasure([Seal.objects.get(pk=1)], rows=1, now=timezone.now())
    with lifted():
        sql("DELETE FROM register_accesslogentry WHERE seal = 1")
        sql("DELETE FROM register_seal WHERE position = 1")
    assert told(code) is Told.ERASED


def test_what_a_restore_gave_up_is_said_so(code):
    savepoint = transaction.savepoint()
    used(ClientFactory())
    seal()
    given_up = head_code.now()
    transaction.savepoint_rollback(savepoint)
    sealing.seal_restore(now=timezone.now() + timedelta(minutes=1))
    assert told(given_up) is Told.GIVEN_UP
    assert told(code) is Told.THERE


@pytest.mark.parametrize("name", ["asiakkaat_modeladmin_index", "asiakkaat_modeladmin_inspect"])
def test_what_is_printed_of_a_client_carries_the_code(client, code, name):
    user = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=user).content_object
    client.force_login(user)
    page = client.get(reverse(name, args=[person.pk] if "inspect" in name else []))
    assert f"Käyttölokin tunniste: {head_code.now()}" in page.content.decode()


def test_before_anything_is_sealed_there_is_none():
    assert head_code.now() == ""
    assert seal_content.digest([])

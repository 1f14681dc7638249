"""Commands fail in one line, without a value, and never say that they are done before."""

import importlib
import pkgutil
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

import futuuri_site.management.commands
import privacy_notice.management.commands
import register.management.commands
from register.domain.operations import heartbeat
from register.files import counter
from register.management.plain import PlainCommand
from tests.factories import ProcessorFactory, ServiceOrderFactory

PACKAGES = (
    register.management.commands,
    privacy_notice.management.commands,
    futuuri_site.management.commands,
)
COMMANDS = [
    f"{package.__name__}.{module.name}"
    for package in PACKAGES
    for module in pkgutil.iter_modules(package.__path__)
]

WORK_WHEN_RESTORED = {
    "after_restore",
    "enroll_encryption_keys",
    "new_encryption_key",
    "restore",
    "run_development",  # what it starts looks by itself
    "update_translations",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_plain(name):
    assert issubclass(importlib.import_module(name).Command, PlainCommand)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name, capsys):
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(name).Command().run_from_argv(["manage.py", "x", "--help"])
    assert ended.value.code == 0
    assert "manage.py x" in capsys.readouterr().out


class Failing(PlainCommand):
    requires_system_checks = []
    works_when_restored = True
    error: Exception

    def handle(self, *args, **options):
        raise self.error


def failing(error):
    command = Failing()
    command.error = error
    return command


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IntegrityError("Key (name)=(Virtanen)"), "Sitä ei tehty: IntegrityError."),
        (OSError(28, "full", "/x/Virtanen"), "Sitä ei tehty: OSError: ENOSPC."),
        (ImproperlyConfigured("BASE_URL is not set."), "BASE_URL is not set."),
        (CommandError("No such day."), "No such day."),
    ],
)
def test_an_error_is_one_line_without_its_values(error, told):
    with pytest.raises(CommandError) as raised:
        call_command(failing(error))
    assert str(raised.value) == told
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value is error


def test_a_developer_gets_it_as_it_is():
    with pytest.raises(IntegrityError):
        call_command(failing(IntegrityError("Key")), traceback=True)


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["apply_retention", "export_billing"])
def test_without_a_folder_nothing_is_said_to_be_done(command, private_dir, capsys):
    """C44: with PRIVATE_DIR impossible to write, all was green and quiet all January."""
    ServiceOrderFactory(starts_on=date(2025, 1, 2), planned_end=date(2025, 6, 15))
    ProcessorFactory()
    private_dir.write_text("a file where the folder should be")
    with pytest.raises(CommandError, match=r"EEXIST|ENOTDIR"):
        call_command(command)
    said = capsys.readouterr().out
    assert "valmis" not in said
    assert "siirtoerä" not in said.lower()


@pytest.mark.parametrize("name", COMMANDS)
def test_on_a_restored_database_only_what_is_named_here_works(name):
    """R15: fail closed, new commands included."""
    may_work = importlib.import_module(name).Command.works_when_restored
    assert may_work == (name.rpartition(".")[2] in WORK_WHEN_RESTORED)


@pytest.mark.django_db
def test_a_command_is_refused_on_a_restored_database():
    heartbeat.beat(now=timezone.now())
    counter.write(99)
    command = failing(AssertionError("reached"))
    command.works_when_restored = False
    with pytest.raises(CommandError, match="after_restore"):
        call_command(command)

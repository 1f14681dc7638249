"""What must hold for the register to run well: one table, of which all that watches is fed.

`/healthz`, the main user's home page and `manage.py doctor` each show their part of it.

Each condition looks at the running system and says what it found, in a number for a monitor and
in words for the main user. Nothing personal is in either.
"""

import os
import shutil
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.access_log import restored, trusted_day
from register.domain.erasure import ledger
from register.domain.operations import (
    accounts,
    database_log,
    first_day,
    installation,
    january,
    keys,
    migrations,
    nightly,
    sealed_log,
    system_checks,
)
from register.domain.operations.backups import ages
from register.domain.operations.finding import Audience, Condition, Finding, Level, well_if
from register.files import private
from register.files.reasons import harmless

# Room for the ledger and a year of billing files, many times over.
LEAST_FREE = 500 * 1024 * 1024  # bytes


def private_folder(now: datetime) -> Finding:
    """Files and ledger can be written: without them nobody is erased, and nothing billed."""
    try:
        folder = private.path()
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent  # where it will be made
        free = shutil.disk_usage(folder).free if os.access(folder, os.W_OK | os.X_OK) else 0
    except OSError:
        free = 0
    return Finding(
        well_if(free >= LEAST_FREE),
        free,
        LEAST_FREE,
        _("The disk of the private files is nearly full.")
        if free
        else _("The folder of the private files can't be written: nobody is erased meanwhile."),
    )


def clock_is_right(now: datetime) -> Finding:
    """C44: the clock has not jumped, so that what can't be undone need not wait for a person."""
    found = trusted_day.doubt(now=now, last_written=ledger.last_day())
    return Finding(
        well_if(found is None),
        None,
        None,
        _(
            "The machine's clock may have jumped. Nothing is erased, billed or published until it "
            "is corrected, or somebody confirms the day."
        ),
    )


def encryption_keys(now: datetime) -> Finding:
    """C18: the settings hold the keys that this database was written with."""
    found = tuple(keys.problems(read_texts=False))
    told = _("The encryption keys are not those of this database.")
    return Finding(well_if(not found), len(found), 0, told, found)


def stored_keys(now: datetime) -> Finding:
    """C18: no stored text is under a key that the settings don't hold. Reads all texts."""
    found = tuple(keys.problems())
    told = _("Stored texts can't be read.")
    return Finding(well_if(not found), len(found), 0, told, found)


def together(now: datetime) -> Finding:
    """R15: the database is no older one that was restored, and the private folder is its own."""
    found = restored.mismatch()
    return Finding(well_if(found is None), None, None, found.told if found else "")


# By the name of its field in `/healthz`. Backups have their place after the private folder.
CONDITIONS: dict[str, Condition] = {
    "worker_heartbeat_age": Condition(
        look=nightly.worker,
        title=gettext_lazy("Background work"),
        mend=gettext_lazy("Start the worker: manage.py supervise_worker, as a service."),
    ),
    "retention_age": Condition(
        look=nightly.retention,
        title=gettext_lazy("Retention run"),
        mend=gettext_lazy("See why in the worker's log, then run manage.py apply_retention."),
    ),
    "billing_age": Condition(
        look=nightly.task(
            "export_billing", gettext_lazy("The billing export has not run since yesterday.")
        ),
        title=gettext_lazy("Billing export"),
        mend=gettext_lazy("See why in the worker's log, then run manage.py export_billing."),
    ),
    "tidying_age": Condition(
        look=nightly.task(
            "tidy_up", gettext_lazy("The nightly tidying up has not run since yesterday.")
        ),
        title=gettext_lazy("Tidying up"),
        mend=gettext_lazy("See why in the worker's log. It is tried again each night."),
    ),
    "unsealed_age": Condition(
        look=sealed_log.unsealed,
        title=gettext_lazy("Seals of the log of use"),
        mend=gettext_lazy("See why in the worker's log; look for a transaction that does not end."),
    ),
    "log_of_use": Condition(
        look=sealed_log.look,
        title=gettext_lazy("Log of use"),
        mend=gettext_lazy(
            "Run manage.py verify_access_log. Keep database and private files as they are."
        ),
    ),
    "failed_tasks": Condition(
        look=nightly.failed_tasks,
        title=gettext_lazy("Failed tasks"),
        mend=gettext_lazy("See why in the worker's log. It is tried again each night."),
    ),
    "private_free": Condition(
        look=private_folder,
        title=gettext_lazy("Folder of private files"),
        mend=gettext_lazy(
            "Give PRIVATE_DIR to the user of web and worker, and free space on its disk."
        ),
        needs_database=False,
        in_checks=True,
    ),
    "private_rights": Condition(
        look=installation.private_rights,
        title=gettext_lazy("Rights to the private files"),
        mend=gettext_lazy(
            "chown -R PRIVATE_DIR to the user of web and worker, and chmod -R go= it."
        ),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
    "static_files": Condition(
        look=installation.static_files,
        title=gettext_lazy("Static files"),
        mend=gettext_lazy("Run manage.py collectstatic --clear --noinput; look at STATIC_ROOT."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
    "media_files": Condition(
        look=installation.media_files,
        title=gettext_lazy("Pictures and files of the editors"),
        mend=gettext_lazy("Make the folder MEDIA_ROOT, and give it to the user of web and worker."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
    "clock": Condition(
        look=clock_is_right,
        title=gettext_lazy("Clock"),
        mend=gettext_lazy(
            "Correct the clock; if it is right, run manage.py confirm_day with today's date."
        ),
    ),
    "unknown_keys": Condition(
        look=encryption_keys,
        title=gettext_lazy("Encryption keys"),
        mend=gettext_lazy(
            "Put the missing key back into REGISTER_KEYS, or make a new one known: manage.py "
            "enroll_encryption_keys."
        ),
    ),
    "restored": Condition(
        look=together,
        title=gettext_lazy("Database and private files"),
        mend=gettext_lazy(
            "After a restore, run manage.py after_restore; else put the right PRIVATE_DIR back."
        ),
    ),
    "backup_age": Condition(
        look=ages.newest,
        title=gettext_lazy("Newest backup"),
        mend=gettext_lazy(
            "See why manage.py backup fails; set BACKUP_DIR and BACKUP_RECIPIENT if they are not."
        ),
    ),
    "oldest_backup_age": Condition(
        look=ages.oldest,
        title=gettext_lazy("Oldest backup"),
        mend=gettext_lazy("Remove the backups that are too old: manage.py backup does it as well."),
    ),
    "to_be_erased": Condition(
        look=january.last_year,
        title=gettext_lazy("Erasure of last year"),
        mend=gettext_lazy("See the retention runs, and what waits for billing."),
    ),
    "unconfirmed_lists": Condition(
        look=january.unconfirmed,
        title=gettext_lazy("Erasure lists"),
        mend=gettext_lazy("Ask a main user or the data protection contact to look at the list."),
    ),
    "unsent_mails": Condition(
        look=january.unsent_mails,
        title=gettext_lazy("E-mails about erasure"),
        mend=gettext_lazy("See that mail can be sent: EMAIL_URL and EMAIL_FROM."),
    ),
    "database_log": Condition(
        look=database_log.look,
        title=gettext_lazy("PostgreSQL's log"),
        mend=gettext_lazy(
            "Put docs/deployment/postgresql.conf into the server's conf.d folder and reload it."
        ),
    ),
    "migrations": Condition(
        look=migrations.look,
        title=gettext_lazy("Version of the database"),
        mend=gettext_lazy("Run manage.py migrate."),
        audience=Audience.ADMINISTRATOR,
    ),
    "stored_keys": Condition(
        look=stored_keys,
        title=gettext_lazy("Encryption keys and stored texts"),
        mend=gettext_lazy("Put the missing key back into REGISTER_KEYS."),
        audience=Audience.ADMINISTRATOR,
    ),
    "mail": Condition(
        look=installation.mail_leaves,
        title=gettext_lazy("Mail"),
        mend=gettext_lazy("Set EMAIL_URL and EMAIL_FROM; see that the server takes mail from us."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
    ),
    "assumed_settings": Condition(
        look=installation.as_assumed,
        title=gettext_lazy("Time zone and language"),
        mend=gettext_lazy("Put these into the settings."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
    "address": Condition(
        look=installation.address,
        title=gettext_lazy("Address and encryption"),
        mend=gettext_lazy("Mend these settings."),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
        in_checks=True,
    ),
    "checks": Condition(
        look=system_checks.look,
        title=gettext_lazy("Checks of the software"),
        mend=gettext_lazy("See manage.py check --deploy --database default."),
        audience=Audience.ADMINISTRATOR,
    ),
    "superusers": Condition(
        look=accounts.superusers,
        title=gettext_lazy("Superusers"),
        mend=gettext_lazy("Take is_superuser from each, in manage.py shell; the roles suffice."),
        audience=Audience.ADMINISTRATOR,
    ),
    "main_users": Condition(
        look=accounts.main_users,
        title=gettext_lazy("Main user"),
        mend=gettext_lazy("Run manage.py create_main_user."),
        audience=Audience.ADMINISTRATOR,
    ),
    "deputies": Condition(
        look=accounts.deputies,
        title=gettext_lazy("Deputies"),
        mend=gettext_lazy("Give the role to a second person as well."),
    ),
    "second_factor": Condition(
        look=accounts.second_factor,
        title=gettext_lazy("Second factor"),
        mend=gettext_lazy(
            'Put "SECOND_FACTOR_REQUIRED": True into REGISTER. Until then let the register be '
            "reached from the company's network only."
        ),
        audience=Audience.ADMINISTRATOR,
        needs_database=False,
    ),
    **first_day.LINES,
}


def add(name: str, condition: Condition) -> None:
    """Put a condition of a package above into the table. ValueError where the name is taken."""
    if name in CONDITIONS:
        raise ValueError(f"There is a condition {name} already.")
    CONDITIONS[name] = condition


def findings(*, now: datetime, to: Audience = Audience.MONITOR) -> dict[str, Finding]:
    """Return what each condition found that is told `to` somebody, by its name.

    Without the database those that need it are left out, and it stands alone for them.
    """
    asked = {name: each for name, each in CONDITIONS.items() if each.audience & to}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        found = {"database": Finding(Level.WRONG, told=_("The database does not answer."))}
        asked = {name: each for name, each in asked.items() if not each.needs_database}
    else:
        found = {"database": Finding(Level.WELL)}
    for name, each in asked.items():
        try:
            found[name] = each.look(now)
        except Exception as error:
            # That it could not look is wrong too, and stops no other.
            found |= _failed(name, error, now)
    return found


def _failed(name: str, error: Exception, now: datetime) -> dict[str, Finding]:
    """Return what is wrong where a look failed: a database of another version stands for it."""
    if isinstance(error, DatabaseError) and name != "migrations":
        version = migrations.look(now)
        if version.level is Level.WRONG:
            return {"migrations": version}
    told = _("It could not be looked at: %(reason)s.") % {"reason": harmless(error)}
    return {name: Finding(Level.WRONG, told=told)}

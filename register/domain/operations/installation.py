"""What must be right on the machine and in its settings, and needs no database to be seen."""

from datetime import datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.http.request import validate_host
from django.utils.translation import gettext as _

from register import conf
from register.domain.operations.finding import Finding, Level, well_if
from register.files import private, rights
from register.files.reasons import harmless

NAMED = 5  # of what may be many
MAIL_PATIENCE = 5  # seconds
# Mail that stays where it was written.
KEPT_BACK = ("console", "dummy", "filebased", "locmem")
NOBODY = "webmaster@localhost"  # Django's own, which no mail server takes


def private_rights(now: datetime) -> Finding:
    """C29: export files and ledger are for the eyes of the one user who runs the site."""
    folder = private.path()
    try:
        found = [*islice(rights.open_to_others(folder), NAMED)]
        found += [folder] * (folder.stat().st_uid != rights.user())
    except OSError:
        return Finding(Level.WRONG, told=_("It can't be found."), details=(str(folder),))
    told = _("Others can use the private files, or own some of them.")
    return Finding(well_if(not found), told=told, details=named(found))


def static_files(now: datetime) -> Finding:
    """Without the static files neither web nor worker starts."""
    if not settings.STATIC_ROOT:
        return Finding(Level.WRONG, told=_("It is not set."), details=("STATIC_ROOT",))
    folder = Path(settings.STATIC_ROOT)
    try:
        found = [*islice(rights.unreadable(folder, by=rights.user()), NAMED)]
        empty = not any(folder.iterdir())
    except OSError:
        return Finding(Level.WRONG, told=_("It can't be found."), details=(str(folder),))
    told = (
        _("Nothing has been collected.")
        if empty
        else _("The user who runs the site can't read them.")
    )
    return Finding(well_if(not found and not empty), told=told, details=named(found))


def media_files(now: datetime) -> Finding:
    """The editors' pictures and files can be stored."""
    if not settings.MEDIA_ROOT:
        return Finding(Level.WRONG, told=_("It is not set."), details=("MEDIA_ROOT",))
    folder, needed = Path(settings.MEDIA_ROOT), rights.READ | rights.WRITE | rights.ENTER
    try:
        well = rights.may(folder, needed, by=rights.user())
    except OSError:
        return Finding(Level.WRONG, told=_("It can't be found."), details=(str(folder),))
    told = _("The user who runs the site can't write there.")
    return Finding(well_if(well), told=told, details=named([] if well else [folder]))


def named(paths: list[Path]) -> tuple[str, ...]:
    return tuple(map(str, paths[:NAMED]))


def mail_leaves(now: datetime) -> Finding:
    """The mail server answers, and takes our name."""
    kind = settings.EMAIL_BACKEND.split(".")[-2]
    if kind in KEPT_BACK:
        return Finding(Level.WRONG, told=_("Mail is kept here and sent to nobody."))
    if settings.DEFAULT_FROM_EMAIL == NOBODY:
        return Finding(Level.WRONG, told=_("Mail has no sender."), details=("DEFAULT_FROM_EMAIL",))
    try:
        connection = mail.get_connection(timeout=MAIL_PATIENCE)
        connection.open()
        connection.close()
    except Exception as error:
        told = _("The mail server does not answer, or not to us.")
        return Finding(Level.WRONG, told=told, details=(harmless(error),))
    return Finding(Level.WELL)


def as_assumed(now: datetime) -> Finding:
    """The time zone, and what else the register was written for."""
    found = [f"{name} = {assumed.value!r}" for name, assumed in conf.differing()]
    told = _("They are not those that the register was written for.")
    return Finding(well_if(not found), told=told, details=tuple(found))


def address(now: datetime) -> Finding:
    """C37: the site is reached at its own address, over an encrypted connection only."""
    own = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", ""))
    demanded = {
        "DEBUG": not settings.DEBUG,
        "BASE_URL": own.scheme == "https" and bool(own.hostname),
        "ALLOWED_HOSTS": "*" not in settings.ALLOWED_HOSTS
        and validate_host(own.hostname or "", settings.ALLOWED_HOSTS),
        "SECURE_SSL_REDIRECT": settings.SECURE_SSL_REDIRECT,
        "SECURE_HSTS_SECONDS": settings.SECURE_HSTS_SECONDS > 0,
        "SESSION_COOKIE_SECURE": settings.SESSION_COOKIE_SECURE,
        "CSRF_COOKIE_SECURE": settings.CSRF_COOKIE_SECURE,
    }
    found = tuple(name for name, holds in demanded.items() if not holds)
    told = _("The site is open to unencrypted connections, or to other names than its own.")
    return Finding(well_if(not found), told=told, details=found)

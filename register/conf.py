"""The register's settings: what each decides, its default, and what may stand there.

A host project overrides them in `REGISTER`. Whatever can't be used is refused at start, by its
name: by `manage.py check`, hence by every command, and by `refuse_unfit` where the site is served.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from register.setting_values import (
    MOST_YEARS,
    are_bases,
    are_keys,
    are_models,
    is_absolute_path,
    is_day_of_the_year,
    is_dotted_path_or_nothing,
    is_number_of_years,
    is_recipient,
    is_time,
    is_time_or_none_at_all,
)

BILLING_FILE_ENCODINGS = ("utf-8-sig", "iso-8859-15")
# The Accounting Act's own; a longer time is the owner's to choose.
LEAST_VOUCHER_YEARS = 6
# A month is ample for a file that billing has fetched.
MOST_FILE_DAYS = 30
# What the notice publishes: no backup lives longer (R13).
BACKUP_DAYS = 30
LEAST_TOKEN = 20  # characters
NEVER = "never"


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One entry of `REGISTER`.

    Attributes:
        decides: what depends on it, in a sentence that the log of use shows to people.
        put: what may stand there.
        fits: whether a value may.
        default: what holds when the host project says nothing; None when it must say something.
    """

    decides: Any
    put: str
    fits: Callable[[Any], bool]
    default: Any = None


SETTINGS = {
    "PRIVATE_DIR": Setting(
        decides=_(
            "Where files lie that must never be served: export files and the erasure ledger."
        ),
        put="the absolute path of a folder outside the web root",
        fits=is_absolute_path,
    ),
    "ENCRYPTION_KEYS": Setting(
        decides=_("With which keys notes are encrypted: the first encrypts, all of them decrypt."),
        put=(
            "a dict of key id (small letters a to z, digits, -; no two that look alike) to base64 "
            "of 32 random bytes (no key twice), newest first"
        ),
        fits=are_keys,
    ),
    "EXPIRED_TRAINING_LOCKS_AFTER": Setting(  # C31
        decides=_("How long after its end a training locks the register."),
        put='"never", or a timedelta, zero for at once',
        fits=lambda value: value == NEVER or is_time_or_none_at_all(value),
        default=NEVER,
    ),
    "CONFIRMER": Setting(  # C33
        decides=_("Who confirms where one person is main user and data protection contact."),
        put="the user name of another member of the staff, or nothing",
        fits=lambda value: isinstance(value, str),
        default="",
    ),
    "ACKNOWLEDGE_WITHIN": Setting(  # C31
        decides=_("How long after its publication each may take to read an instruction."),
        put="a timedelta, zero for no such time",
        fits=is_time_or_none_at_all,
        default=timedelta(days=30),
    ),
    "LINKS_BY_MAIL": Setting(
        decides=_(
            "Whether a link for a new password is mailed to its owner, or shown once to give."
        ),
        put="True, or False where no mail is set up",
        fits=lambda value: isinstance(value, bool),
        default=True,
    ),
    "LINK_TIME": Setting(  # C35
        decides=_("How long a mailed link for a new password opens something."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(hours=48),
    ),
    "SHOWN_LINK_TIME": Setting(  # C35
        decides=_("How long a link that was shown to somebody else opens something."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(hours=4),
    ),
    "ACCOUNTING_PERIOD_END": Setting(  # R09
        decides=_("On which day the accounting period ends."),
        put="(month, day); (2, 28) and (2, 29) both mean the last day of February",
        fits=is_day_of_the_year,
        default=(12, 31),
    ),
    "VOUCHER_YEARS": Setting(  # R09
        decides=_("How many years vouchers are kept from the end of the calendar year."),
        put=f"a whole number of at least {LEAST_VOUCHER_YEARS}, as the Accounting Act requires",
        fits=lambda value: type(value) is int and value >= LEAST_VOUCHER_YEARS,
        default=LEAST_VOUCHER_YEARS,
    ),
    "REQUEST_YEARS": Setting(  # O8
        decides=_("How many years a request is kept after it is closed."),
        put=f"a whole number from 1 to {MOST_YEARS}",
        fits=is_number_of_years,
        default=2,
    ),
    "LOG_YEARS": Setting(  # O8
        decides=_("How many years the log of use is kept."),
        put=f"a whole number from 1 to {MOST_YEARS}",
        fits=is_number_of_years,
        default=5,
    ),
    "BREACH_YEARS": Setting(  # O8
        decides=_("How many years the record of a breach is kept after it is closed."),
        put=f"a whole number from 1 to {MOST_YEARS}",
        fits=is_number_of_years,
        default=5,
    ),
    "STAFF_YEARS": Setting(  # O8
        decides=_(
            "How many years the records of an employee are kept after the account is closed."
        ),
        put=f"a whole number from 1 to {MOST_YEARS}",
        fits=is_number_of_years,
        default=1,
    ),
    "LEGAL_BASES": Setting(  # O11, O19
        decides=_("On which legal bases data rests, where the owner states others."),
        put=(
            "a dict of kind of data to a list of legal bases, such as "
            '{"bookkeeping": ["legitimate_interest"]}'
        ),
        fits=are_bases,
        default={},
    ),
    "EXPORT_FILE_DAYS": Setting(  # O5
        decides=_("How many days after its receipt an export file is removed."),
        put=f"a whole number from 1 to {MOST_FILE_DAYS}",
        fits=lambda value: type(value) is int and 1 <= value <= MOST_FILE_DAYS,
        default=14,
    ),
    "BILLING_FILE_ENCODING": Setting(  # B06
        decides=_("In which encoding the billing file is written."),
        put=" or ".join(f'"{encoding}"' for encoding in BILLING_FILE_ENCODINGS),
        fits=lambda value: value in BILLING_FILE_ENCODINGS,
        default="utf-8-sig",
    ),
    "ASSESSMENT_VALID": Setting(  # C27
        decides=_("How old a processor's security assessment may be before it is overdue."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(days=365),
    ),
    "HEARTBEAT_LIMIT": Setting(
        decides=_("How old the worker's last heartbeat may be before the worker counts as frozen."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(minutes=3),
    ),
    "MOST_DAYS_AHEAD": Setting(  # C44
        decides=_("How many days at once the clock may go ahead before a person is asked."),
        put="a whole number from 1 to 31",
        fits=lambda value: type(value) is int and 1 <= value <= 31,
        default=7,
    ),
    "BACKUP_DIR": Setting(  # R13
        decides=_("Where `manage.py backup` puts backups, and where their age is measured."),
        put="the absolute path of a folder outside the web root, or nothing",
        fits=lambda value: not value or is_absolute_path(value),
        default="",
    ),
    "BACKUP_RECIPIENT": Setting(
        decides=_("Who can open backups: the public key of those who hold the private one."),
        put="the public key that age-keygen prints (age1…), or nothing; never the private one",
        fits=lambda value: not value or is_recipient(value),
        default="",
    ),
    "BACKUPS_KEPT_DAYS": Setting(  # R13
        decides=_("After how many days a backup is removed."),
        # A day less than what is published: they are removed once a day.
        put=f"a whole number from 2 to {BACKUP_DAYS - 1}",
        fits=lambda value: type(value) is int and 2 <= value < BACKUP_DAYS,
        default=BACKUP_DAYS - 2,
    ),
    "BACKUP_LIMIT": Setting(
        decides=_("How old the newest backup may be before people are told."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(days=2),
    ),
    "HEALTH_TOKEN": Setting(
        decides=_("What a monitor on another machine brings to read `/healthz`; none when empty."),
        put=f"a random string of at least {LEAST_TOKEN} characters, or nothing",
        fits=lambda value: isinstance(value, str) and (not value or len(value) >= LEAST_TOKEN),
        default="",
    ),
    "WATCH_PROMISES": Setting(
        decides=_("What looks each night whether the promises of the privacy notice are kept."),
        put="the dotted path of a function that takes now and returns counts, or nothing",
        fits=is_dotted_path_or_nothing,
        default="",
    ),
    "NOTICE_IN_FORCE": Setting(  # C20
        decides=_("What tells which version of the privacy notice a client is given."),
        put="the dotted path of a function that takes nothing and returns a Notice, or nothing",
        fits=is_dotted_path_or_nothing,
        default="",
    ),
    "SECOND_FACTOR_REQUIRED": Setting(  # C36
        decides=_("Whether every log-in of the staff takes a second factor."),
        put="True or False; True in production",
        fits=lambda value: isinstance(value, bool),
        default=False,
    ),
    "OTHER_MODELS": Setting(  # C23
        decides=_("Whose data the host project's own models hold, so that none is forgotten."),
        put=(
            'a dict with the keys "nobody" and "staff", each with a list of app labels ("home") or '
            'models ("home.HomePage"); one that holds data of clients is declared in the inventory'
        ),
        fits=are_models,
        default={},
    ),
    "SLICE": Setting(
        decides=_("How long one slice of background work may take before it requeues itself."),
        put="a timedelta above zero",
        fits=is_time,
        default=timedelta(seconds=45),
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """A setting of Django or a companion that the register was written for.

    Attributes:
        value: what the register assumes.
        why: what goes wrong otherwise, in a sentence.
        unset: what holds where the project says nothing.
    """

    value: Any
    why: str
    unset: Any = None


ASSUMPTIONS = {
    "TIME_ZONE": Assumption(
        value="Europe/Helsinki",
        why="retention, assignments and the gate follow days in Helsinki",
    ),
    "USE_TZ": Assumption(value=True, why="times would be stored without their zone"),
    "LANGUAGE_CODE": Assumption(
        value="fi", why="what the register writes by itself would not be in the staff's language"
    ),
    "PHONENUMBER_DEFAULT_REGION": Assumption(
        value="FI", why="a Finnish number without +358 would be refused"
    ),
    "PHONENUMBER_DB_FORMAT": Assumption(
        value="E164", why="one number would be stored in several spellings", unset="E164"
    ),
    "PHONENUMBER_DEFAULT_FORMAT": Assumption(
        value="INTERNATIONAL",
        why="a foreign number that is shown and saved again would become a Finnish one",
        unset="INTERNATIONAL",
    ),
    "MESSAGE_STORAGE": Assumption(
        value="django.contrib.messages.storage.session.SessionStorage",
        why="messages, which name register numbers, could outlive the session in a cookie",
    ),
    "ANONYMOUS_USER_NAME": Assumption(
        value=None,
        why="guardian would make an account that is nobody's",
        unset="AnonymousUser",
    ),
    "WAGTAIL_PASSWORD_RESET_ENABLED": Assumption(
        value=False, why="a password would be changed past the log of use (C35)", unset=True
    ),
    "ACCOUNT_ADAPTER": Assumption(
        value="register.access.allauth_adapters.AccountAdapter",
        why="allauth would let strangers sign up, and send mails of its own",
        unset="allauth.account.adapter.DefaultAccountAdapter",
    ),
    "ACCOUNT_EMAIL_VERIFICATION": Assumption(
        value="none",
        why="a log-in would end in the demand for a verified address",
        unset="optional",
    ),
    "ACCOUNT_RATE_LIMITS": Assumption(
        value=False,
        why="a second limit would answer otherwise, and keep addresses as they are",
        unset={},
    ),
    "MFA_ADAPTER": Assumption(
        value="register.access.allauth_adapters.FactorAdapter",
        why="the secrets of second factors would be stored unencrypted (C36)",
        unset="allauth.mfa.adapter.DefaultMFAAdapter",
    ),
    "MFA_SUPPORTED_TYPES": Assumption(
        value=["webauthn", "totp", "recovery_codes"],
        why="passkeys, which no false site can ask for, could not be used",
        unset=["recovery_codes", "totp"],
    ),
    "WAGTAIL_GRAVATAR_PROVIDER_URL": Assumption(
        value=None,
        why="the staff's addresses would reach a third party (C28)",
        unset="//www.gravatar.com/avatar",
    ),
    "WAGTAIL_ENABLE_UPDATE_CHECK": Assumption(
        value=False, why="the staff's browsers would call a third party (C28)", unset=True
    ),
}


class RegisterSettings:
    """Attribute access to `settings.REGISTER`, falling back to the defaults."""

    def __getattr__(self, name: str) -> Any:
        if name not in SETTINGS:
            raise AttributeError(name)
        return given().get(name, SETTINGS[name].default)


register_settings = RegisterSettings()


def fitting(name: str) -> Any:
    """Return the setting, for what must not begin otherwise. ImproperlyConfigured."""
    value = getattr(register_settings, name)
    if not SETTINGS[name].fits(value):
        raise ImproperlyConfigured(_refusal(name))
    return value


def classified(model: str) -> bool:
    """Whether the host project has said whose data its model holds; "home.HomePage" is one."""
    others = register_settings.OTHER_MODELS
    named = {name for names in others.values() for name in names} if are_models(others) else set()
    return model in named or model.partition(".")[0] in named


def given() -> Mapping[str, Any]:
    """Return what the host project has set; nothing where that is no dict, which is refused."""
    values = getattr(settings, "REGISTER", {})
    return values if isinstance(values, Mapping) else {}


def problems() -> Iterator[str]:
    """Yield a line for each setting that can't be used or is none, never with its value."""
    if not isinstance(getattr(settings, "REGISTER", {}), Mapping):
        yield "REGISTER does not fit: put a dict there."
    for name, setting in SETTINGS.items():
        if not setting.fits(getattr(register_settings, name)):
            yield _refusal(name)
    for name in given():
        if name not in SETTINGS:
            known = get_close_matches(str(name), SETTINGS, n=1, cutoff=0) or [*SETTINGS]
            yield f'REGISTER["{name}"] is no setting: is "{known[0]}" meant?'


def refuse_unfit() -> None:
    """Raise ImproperlyConfigured with one line for each problem; nothing is served before."""
    if found := list(problems()):
        raise ImproperlyConfigured("\n".join(["", *found]))


def differing() -> Iterator[tuple[str, Assumption]]:
    """Yield the settings outside `REGISTER` that are not as the register assumes."""
    for name, assumption in ASSUMPTIONS.items():
        if getattr(settings, name, assumption.unset) != assumption.value:
            yield name, assumption


def _refusal(name: str) -> str:
    return f'REGISTER["{name}"] does not fit: put {SETTINGS[name].put} there.'

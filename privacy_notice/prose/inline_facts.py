"""Facts that stand inside sentences: one table, from which an editor picks and the page prints.

A sentence holds the fact's name alone, so nobody can mistype it, and it follows what it tells of.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Site

from privacy_notice import facts, slots
from register.conf import BACKUP_DAYS, register_settings
from register.inventory.ends import years
from register.inventory.vocabulary import OwnPeriod
from register.models import Controller
from register.reference import clock


@dataclass(frozen=True, kw_only=True, slots=True)
class InlineFact:
    """One fact.

    Attributes:
        label: what an editor knows it by.
        text: what it prints, given what is published of the controller; "" when it is not known.
        address: what begins the address that it links to, "mailto:" or "tel:"; none when empty.
    """

    label: str | Promise
    text: Callable[[dict[str, str]], str]
    address: str = ""


TOLD: ContextVar[Mapping[str, str] | None] = ContextVar("told", default=None)
ADDRESSES = {
    "email": "mailto:",
    "phone": "tel:",
    "website": "https://",
    "contact_email": "mailto:",
    "contact_phone": "tel:",
}


def in_years(count: int) -> str:
    return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}


def in_days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def of_owner(own: OwnPeriod) -> InlineFact:
    """Return a period that the owner decides (O8)."""
    return InlineFact(
        label=format_lazy(_("how long this is kept: {what}"), what=own.label),
        text=lambda _published: in_years(years(own)),
    )


PERIODS = {
    "voucher_years": InlineFact(
        label=_("how long bookkeeping is kept"),
        text=lambda _published: in_years(register_settings.VOUCHER_YEARS),
    ),
    "backup_days": InlineFact(
        label=_("how long backups are kept"), text=lambda _published: in_days(BACKUP_DAYS)
    ),
    "export_file_days": InlineFact(
        label=_("how long a billing file is kept after its receipt"),
        text=lambda _published: in_days(register_settings.EXPORT_FILE_DAYS),
    ),
    **{own.value.lower(): of_owner(own) for own in OwnPeriod},
}


def of_day(name: str, label: str | Promise) -> InlineFact:
    """Return a year that follows the day on which the text is read (C44)."""
    return InlineFact(label=label, text=lambda _published: slots.YEARS[name](clock.today()))


YEARS = {
    name: of_day(name, label)
    for name, label in {
        "this_year": _("this year"),
        "erasure_year": _("the year in whose January this year's ended services are erased"),
    }.items()
}


def table() -> dict[str, InlineFact]:
    """Return every fact by the name that texts hold: the settings, then periods, then years."""
    settings = {field.name for field in Controller._meta.concrete_fields}
    names = [name for name in facts.controller(Controller()) if name in settings]
    return {name: _of_controller(name) for name in names} | PERIODS | YEARS


def published() -> dict[str, str]:
    """Return what is published of the controller of the site; nothing while there is no site."""
    site = Site.objects.filter(is_default_site=True).first()
    return facts.controller(Controller.for_site(site)) if site else {}


def periods() -> dict[str, str]:
    """Return what each period prints today, to be kept with a published version (C01)."""
    return {name: fact.text({}) for name, fact in PERIODS.items()}


@contextmanager
def as_told(told: Mapping[str, str]) -> Iterator[None]:
    """Print what was told, by the names of the facts, instead of what is so today."""
    token = TOLD.set(told)
    try:
        yield
    finally:
        TOLD.reset(token)


def printed(names: list[str]) -> list[str]:
    """Return the texts of facts by name; "" for one that is unknown, or that nobody has set."""
    if (told := TOLD.get()) is not None:
        return [told.get(name, "") for name in names]
    known, of_controller = table(), published()
    return [known[name].text(of_controller) if name in known else "" for name in names]


def as_html(name: str, text: str) -> SafeString:
    """Return a fact as the page shows it; an address is a link, but a slot brings its own."""
    known = table().get(name)
    is_slot = isinstance(text, SafeString)
    inside = text if is_slot or not known else slots.linked(known.address, text)
    return format_html('<span data-fact="{}">{}</span>', name, inside)


def _of_controller(name: str) -> InlineFact:
    return InlineFact(
        label=getattr(Controller._meta.get_field(name), "verbose_name", name),
        text=lambda of_controller: of_controller.get(name, ""),
        address=ADDRESSES.get(name, ""),
    )

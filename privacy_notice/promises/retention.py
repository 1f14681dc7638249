"""How long data is kept (C44–C46)."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.promises.erasing import Remains, try_on_one
from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look, column
from privacy_notice.promises.overdue import left, outlived_vouchers
from privacy_notice.promises.registry import Found, broken, kept, nothing_yet, promise
from register.conf import BACKUP_DAYS, register_settings
from register.domain.operations.backups import kept as backups
from register.inventory import inventory
from register.inventory.vocabulary import Category
from register.models import (
    BookkeepingRow,
    ExportBatch,
    PublishedYear,
    RetentionRun,
    ServiceOrder,
    Statistic,
)

# A run that was to finish last night and did not is late, with two hours to spare.
A_NIGHT = timedelta(hours=26)
# As few clients may stand behind a published number.
FEWEST = 5


@promise("C44", _("Ended services are erased in January"), seen_at=screen(RetentionRun))
def erased_in_time(look: Look) -> Found:
    """Nothing is left that should be erased, and the run that erases has finished."""
    if not ServiceOrder.objects.exists() and not RetentionRun.objects.exists():
        return nothing_yet()
    found = left(look.today)
    if found.late:
        return broken(
            ngettext_lazy(
                "%(count)d item should have been erased by now.",
                "%(count)d items should have been erased by now.",
                "count",
            ),
            count=found.late,
        )
    finished = RetentionRun.objects.filter(dry=False).exclude(finished_at=None)
    last = finished.order_by("-finished_at").values_list("finished_at", flat=True).first()
    if last is None or look.now - last > A_NIGHT:
        return broken(_("The retention run has not finished since yesterday."))
    first = min(backups.kept(), default=None)
    if first is not None and look.now - first > timedelta(days=BACKUP_DAYS):
        return broken(
            _("A backup is older than %(days)d days: who was erased is still in it."),
            days=BACKUP_DAYS,
        )
    return kept(
        _("Nothing is late. Erased by the end of January: %(waiting)d; on legal hold: %(held)d."),
        waiting=found.waiting,
        held=found.held,
    )


@promise("C45", _("What law and bookkeeping need stays, cut loose"), seen_at=screen(BookkeepingRow))
def only_bookkeeping_stays(look: Look) -> Found:
    """One client is erased on trial, and what stays is compared with the words of the page."""
    if outlived := outlived_vouchers(look.today):
        return broken(
            ngettext_lazy(
                "%(count)d bookkeeping row is past its last day.",
                "%(count)d bookkeeping rows are past their last day.",
                "count",
            ),
            count=outlived,
        )
    emails = BookkeepingRow.objects.filter(order=None, batch__in=ExportBatch.objects.made())
    if kept_emails := emails.exclude(email="").count():
        return broken(
            ngettext_lazy(
                "%(count)d bookkeeping row still has the e-mail address of an erased client.",
                "%(count)d bookkeeping rows still have the e-mail addresses of erased clients.",
                "count",
            ),
            count=kept_emails,
        )
    remains = try_on_one(look.today)
    if remains is None:
        return nothing_yet()
    if remains.attached or not remains.vouchers:
        return broken(_("On trial, bookkeeping was not cut loose from the erased client."))
    words = retention_words(look)
    if not words.get(Category.BOOKKEEPING) or says_january(words[Category.BOOKKEEPING]):
        return broken(_("The notice does not say how long bookkeeping is kept."))
    for category in remains.tried:
        if says_january(words.get(category, "")) == (category in remains.left):
            return broken(
                _("Of one category of data the notice says something else than the engine does.")
            )
    if remains.kept_until and remains.kept_until != {
        last_day(words[Category.BOOKKEEPING], remains)
    }:
        return broken(
            _("The notice says another time for bookkeeping than the engine keeps it for.")
        )
    return kept(
        _(
            "One client was erased on trial and all rolled back: only bookkeeping stayed, as long "
            "as the notice says."
        )
    )


def retention_words(look: Look) -> dict[Category, str]:
    """Return what the published page says of each category's end, as a visitor reads it."""
    with translation.override(look.language):
        labels = {str(category.label).casefold(): category for category in Category}
    rows = [row for row in look.notice.rows if len(row) == 2 and row[0].casefold() in labels]
    told: dict[Category, list[str]] = {labels[row[0].casefold()]: [] for row in rows}
    for name, words in rows:
        told[labels[name.casefold()]].append(words)
    # The last table of the page is that of the times.
    return {category: words[-1] for category, words in told.items()}


def says_january(words: str) -> bool:
    """Whether the words promise erasure in January: its forms share their beginning.

    The words are in the language that is spoken.
    """
    return str(MONTHS[1]).casefold()[:6] in words.casefold()


def last_day(words: str, remains: Remains) -> date:
    """Return the last day of a voucher of the trial's day, counted from the years in the words."""
    years = re.search(r"\d+", words)
    month, day = register_settings.ACCOUNTING_PERIOD_END
    entered = remains.day
    later = (entered.month, entered.day) > (month, day)
    return date(entered.year + later + int(years[0] if years else 0), 12, 31)


@promise("C46", _("In the end only general numbers stay"), seen_at=screen(Statistic))
def general_numbers(look: Look) -> Found:
    """The published numbers have few columns, none of a person, and none is small."""
    last_due = look.today.year - (1 if look.today >= date(look.today.year, 2, 2) else 2)
    published = set(PublishedYear.objects.values_list("year", flat=True))
    rows = Statistic.objects.count()
    if not published:
        return nothing_yet(_("No year's numbers have been published yet."))
    declared = {column(Statistic, name) for name in inventory[Statistic._meta.label].fields}
    if look.columns(Statistic) != declared:
        return broken(_("The published numbers hold more than they may."))
    if small := Statistic.objects.filter(count__lt=FEWEST).count():
        return broken(
            ngettext_lazy(
                "%(count)d published number is so small that it could tell of a person.",
                "%(count)d published numbers are so small that they could tell of people.",
                "count",
            ),
            count=small,
        )
    if (
        max(published) < last_due
        and RetentionRun.objects.filter(
            dry=False, started_at__lt=start_of(date(last_due + 1, 2, 1))
        ).exists()
    ):
        return broken(_("The numbers of %(year)d have not been published."), year=last_due)
    return kept(
        _("Published years: %(years)d, numbers in them: %(rows)d, none of them small."),
        years=len(published),
        rows=rows,
    )


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

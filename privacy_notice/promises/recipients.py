"""To whom data is disclosed, and who processes it for us (C24–C28, C40–C43)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.models import Page

from privacy_notice.promises.billing_file import SAID, ReadFile, last_batch
from privacy_notice.promises.encryption import unencrypted
from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import (
    Found,
    broken,
    kept,
    not_built,
    nothing_yet,
    promise,
)
from register import conf
from register.conf import register_settings
from register.exceptions import FileDamaged
from register.inventory.vocabulary import Recipient
from register.models import AccessLogEntry, ExportBatch, Processor
from register.models.access_log import Action
from register.models.processors import FINLAND, ProcessorKind
from register.reference.countries import EU

# The European Economic Area outside the Union.
EFTA = {"IS", "LI", "NO"}
# What may stand in a content security policy beside 'self' and its like: no host.
SCHEMES = {"data:", "blob:"}
PAGES = 30  # looked at, the ones in the menu first


@promise("C24", _("Each disclosure for billing is logged"), seen_at=screen(ExportBatch))
def disclosures(look: Look) -> Found:
    """For each batch the log names its recipient and as many rows as it holds."""
    batches = list(ExportBatch.objects.made().filter(row_count__gt=0))
    if not batches:
        return nothing_yet(_("Nothing has been disclosed for billing yet."))
    unlogged = 0
    for batch in batches:
        logged = AccessLogEntry.objects.filter(
            action=Action.DISCLOSE,
            object_key=str(batch.pk),
            recipient=batch.recipient_id,
            purpose="billing",
        )
        unlogged += (logged.aggregate(rows=Sum("count"))["rows"] or 0) < batch.row_count
    if unlogged:
        return broken(
            ngettext_lazy(
                "Of %(count)d batch the log does not tell all that was disclosed, and to whom.",
                "Of %(count)d batches the log does not tell all that was disclosed, and to whom.",
                "count",
            ),
            count=unlogged,
        )
    return kept(
        ngettext_lazy(
            "%(count)d batch was disclosed, and the log tells when, to whom and whose.",
            "%(count)d batches were disclosed, and the log tells when, to whom and whose.",
            "count",
        ),
        count=len(batches),
    )


@promise("C25", _("The provider gets three facts and no more"), seen_at=screen(ExportBatch))
def three_columns(look: Look) -> Found:
    """The last file is read: its heading, each of its lines, and the words of the page (B07)."""
    batch = last_batch()
    if batch is None:
        return nothing_yet(_("No billing file has been made yet."))
    try:
        file = ReadFile(batch)
    except FileDamaged:
        return broken(_("The last billing file is missing, or not the one that was made."))
    if file.strange:
        return broken(
            ngettext_lazy(
                "In the last billing file %(count)d line holds other data than is promised.",
                "In the last billing file %(count)d lines hold other data than is promised.",
                "count",
            ),
            count=file.strange,
        )
    card = f"recipient-{Recipient.FINANCE_PROVIDER.value}"
    if unsaid := [
        words for words in SAID[look.language] if not look.notice.says(words, inside=card)
    ]:
        return broken(
            _("The notice does not name all that the billing file holds: %(what)s."),
            what=unsaid[0],
        )
    text = (
        ngettext_lazy(
            "The last billing file, of %(day)s, is removed; %(count)d row that it held was "
            "written again and read.",
            "The last billing file, of %(day)s, is removed; %(count)d rows that it held were "
            "written again and read.",
            "count",
        )
        if file.removed
        else ngettext_lazy(
            "The last billing file, of %(day)s, holds %(count)d row with the three facts.",
            "The last billing file, of %(day)s, holds %(count)d rows with the three facts.",
            "count",
        )
    )
    return kept(text, count=file.rows, day=file.made_on)


@promise("C26", _("The provider is Finnish, its systems are in the EU"), seen_at=screen(Processor))
def finnish(look: Look) -> Found:
    providers = Processor.objects.filter(active=True, kind=ProcessorKind.FINANCE)
    if not providers.exists():
        return nothing_yet(_("No finance provider is in use yet."))
    if others := providers.exclude(country=FINLAND, hosting_country__in=EU).count():
        return broken(
            ngettext_lazy(
                "%(count)d finance provider is foreign, or has its systems outside the EU.",
                "%(count)d finance providers are foreign, or have their systems outside the EU.",
                "count",
            ),
            count=others,
        )
    return kept(
        ngettext_lazy(
            "%(count)d finance provider is in use: Finnish, with its systems in the EU.",
            "%(count)d finance providers are in use: Finnish, with their systems in the EU.",
            "count",
        ),
        count=providers.count(),
    )


@promise(
    "C27",
    _("The provider assesses its security"),
    seen_at=screen(Processor),
    missing=_("the documents of the assessments, technical and administrative"),
)
def assessed(look: Look) -> Found:
    """Each finance provider in use was assessed lately enough."""
    providers = Processor.objects.filter(active=True, kind=ProcessorKind.FINANCE)
    if not providers.exists():
        return nothing_yet(_("No finance provider is in use yet."))
    oldest = look.today - register_settings.ASSESSMENT_VALID
    overdue = providers.filter(
        Q(security_assessed_on=None) | Q(security_assessed_on__lt=oldest)
    ).count()
    if overdue:
        return broken(
            ngettext_lazy(
                "The assessment of %(count)d provider is missing or too old.",
                "The assessments of %(count)d providers are missing or too old.",
                "count",
            ),
            count=overdue,
        )
    first = providers.order_by("security_assessed_on").values_list("security_assessed_on").first()
    return kept(_("The oldest assessment is of %(day)s."), day=first[0] if first else look.today)


@promise("C28", _("No data leaves the EU and the EEA"), seen_at=screen(Processor))
def inside_the_eea(look: Look) -> Found:
    """No processor is outside, and no page makes a browser ask anything of a third party."""
    processors = Processor.objects.filter(active=True)
    if not processors.exists():
        return nothing_yet(_("No processor is in use yet."))
    inside = {*EU, *EFTA}
    if outside := processors.exclude(country__in=inside, hosting_country__in=inside).count():
        return broken(
            ngettext_lazy(
                "%(count)d processor is outside the EU and the EEA.",
                "%(count)d processors are outside the EU and the EEA.",
                "count",
            ),
            count=outside,
        )
    if any("(C28)" in assumption.why for _name, assumption in conf.differing()):
        return broken(_("By the settings the staff's screens ask a third party for something."))
    paths = [
        urlsplit(page.url).path
        for page in Page.objects.live().public().order_by("-show_in_menus", "path")[:PAGES]
        if page.url
    ]
    for path in (*paths, reverse("wagtailadmin_login")):
        read = look.visitor.page(path)
        if not read.policy or not only_ourselves(read.policy):
            return broken(_("A page's content security policy lets in a third party."))
        if any(is_foreign(address) for address in read.asked_for):
            return broken(_("A page makes the browser ask a third party for something."))
    return kept(
        _("%(processors)d processors and %(pages)d pages: all inside, and no third party."),
        processors=processors.count(),
        pages=len(paths) + 1,
    )


def only_ourselves(policy: str) -> bool:
    """Whether a content security policy names no host."""
    sources = [
        source
        for directive in policy.split(";")
        for source in directive.split()[1:]
        if directive.split()[0].endswith(("-src", "-action", "-uri", "-ancestors"))
    ]
    return bool(sources) and all(each.startswith("'") or each in SCHEMES for each in sources)


def is_foreign(address: str) -> bool:
    """Whether an address on a page leads to another host than the site's own."""
    found = urlsplit(address)
    if found.scheme in ("data", "blob"):
        return False
    return bool(found.netloc) and found.netloc != urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc


@promise("C40", _("Processors work by contract"), seen_at=screen(Processor))
def under_contract(look: Look) -> Found:
    """Each processor in use has a contract that is valid today."""
    processors = Processor.objects.filter(active=True)
    count = processors.count()
    if not count:
        return nothing_yet(_("No processor is in use yet."))
    valid = processors.filter(contract_signed_on__lte=look.today)
    without = count - valid.exclude(contract_valid_until__lt=look.today).count()
    if without:
        return broken(
            ngettext_lazy(
                "%(count)d processor in use has no valid contract.",
                "%(count)d processors in use have no valid contract.",
                "count",
            ),
            count=without,
        )
    return kept(
        ngettext_lazy(
            "%(count)d processor is in use, with a valid contract.",
            "%(count)d processors are in use, each with a valid contract.",
            "count",
        ),
        count=count,
    )


not_built(
    __name__,
    "C41",
    _("Only proper persons handle the data there"),
    missing=_("a field for it in the record of the processor"),
    seen_at=screen(Processor),
)


@promise(
    "C42",
    _("Connections and technology are secured"),
    seen_at=screen(Processor),
    missing=_("a field for what the processor does"),
)
def secured(look: Look) -> Found:
    """Our own side is encrypted; of the processor's nothing is recorded."""
    if not Processor.objects.filter(active=True).exists():
        return nothing_yet(_("No processor is in use yet."))
    if problem := unencrypted(look):
        return problem
    return kept(_("On our side all connections are encrypted."))


not_built(
    __name__,
    "C43",
    _("Processors follow the law and our instructions"),
    missing=_("a field for it in the record of the processor"),
    seen_at=screen(Processor),
)

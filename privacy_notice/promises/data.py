"""What data we process and why (C09–C21)."""

from django.db.models import F, Model, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice import facts
from privacy_notice.promises.links import screen, section
from privacy_notice.promises.looking import Look, column
from privacy_notice.promises.registry import Found, broken, kept, nothing_yet, promise
from register.access.gate import visible
from register.conf import register_settings
from register.domain.access_log import open_purposes
from register.inventory import inventory
from register.inventory.vocabulary import Category, LegalBasis, Purpose, Subject
from register.models import (
    AccessLogEntry,
    Assignment,
    Client,
    Hold,
    Note,
    ServiceOrder,
    StaffMember,
)
from register.models.orders import Manner, NoteBasis
from register.models.staff import Role
from register.reference.municipalities import municipalities

# The five of the notice. A sixth is broken, wherever it comes from.
FIVE = {"name", "email", "phone", "home_municipality", "birth_year"}
OLDEST = 1900


def stated(look: Look, category: Category, model: type[Model], *names: str) -> Found | None:
    """Return what is wrong with what the notice and the database say of these columns, if anything.

    Each is a column of the table, and the notice names it among the data of the category.
    """
    columns = look.columns(model)
    card = f"data-{category.value}"
    with translation.override(look.language):
        labels = [facts.label(model._meta.label, name) for name in names]
    if any(column(model, name) not in columns for name in names):
        return broken(_("The database has no place for what the notice names."))
    unsaid = [label for label in labels if not look.notice.says(label, inside=card)]
    if unsaid:
        return broken(_("The notice does not name this among the data: %(what)s."), what=unsaid[0])
    return None


def rows_fit(
    look: Look,
    category: Category,
    rows: QuerySet[Model],
    *names: str,
    unfit: Q,
    wrong: object,
) -> Found:
    """Return whether the columns are stated, and no row holds something else in them.

    Args:
        unfit: what a row must not be.
        wrong: how that is said, with the count.
    """
    model = rows.model
    count = rows.count()
    if not count:
        return nothing_yet()
    if found := stated(look, category, model, *names):
        return found
    if faulty := rows.filter(unfit).count():
        return broken(wrong, count=faulty)
    return kept(
        ngettext_lazy(
            "The notice names it, and it is right in the one row that there is.",
            "The notice names it, and it is right in all %(count)d rows.",
            "count",
        ),
        count=count,
    )


WITHOUT = ngettext_lazy(
    "In %(count)d row it is missing, or something else stands there.",
    "In %(count)d rows it is missing, or something else stands there.",
    "count",
)


def clients(look: Look, name: str, unfit: Q) -> Found:
    rows = Client.objects.all()
    return rows_fit(look, Category.IDENTITY, rows, name, unfit=unfit, wrong=WITHOUT)


def orders(look: Look, *names: str, unfit: Q, wrong: object = WITHOUT) -> Found:
    rows = ServiceOrder.objects.all()
    return rows_fit(look, Category.SERVICE, rows, *names, unfit=unfit, wrong=wrong)


@promise("C09", _("Of a client the name is held"), seen_at=screen(Client))
def client_name(look: Look) -> Found:
    return clients(look, "name", Q(name=""))


@promise("C10", _("Of a client the e-mail address is held"), seen_at=screen(Client))
def client_email(look: Look) -> Found:
    return clients(look, "email", ~Q(email="") & ~Q(email__contains="@"))


@promise("C11", _("Of a client the telephone number is held"), seen_at=screen(Client))
def client_phone(look: Look) -> Found:
    return clients(look, "phone", ~Q(phone="") & ~Q(phone__startswith="+"))


@promise("C12", _("Of a client the municipality of residence is held"), seen_at=screen(Client))
def client_municipality(look: Look) -> Found:
    known = ["", *municipalities()]
    return clients(look, "home_municipality", ~Q(home_municipality__in=known))


@promise("C13", _("Of a client the birth year is held, and no sixth fact"), seen_at=screen(Client))
def five_and_no_sixth(look: Look) -> Found:
    """The table in the database holds these five; whatever else it has is known to be none."""
    declared = inventory[Client._meta.label]
    besides = (*declared.entries, *declared.not_personal, *declared.derived)
    known = {column(Client, name) for name in besides}
    facts_held = look.columns(Client) - known
    if facts_held != FIVE:
        return broken(
            _("The database holds %(count)d facts of a client, where the notice names %(all)d."),
            count=len(facts_held),
            all=len(FIVE),
        )
    identity = {
        (declaration.model, name)
        for declaration, name, _field in inventory.in_category(Category.IDENTITY)
    }
    if identity != {(Client._meta.label, name) for name in FIVE}:
        return broken(_("Other data is classified as a client's identity than the five facts."))
    unfit = Q(birth_year__lt=OLDEST) | Q(birth_year__gt=look.today.year)
    return clients(look, "birth_year", unfit)


@promise("C14", _("The ordered service and its specification"), seen_at=screen(ServiceOrder))
def ordered_service(look: Look) -> Found:
    """What specifies a service can be sensitive: it is stored encrypted."""
    return orders(
        look,
        "service",
        "specification_encrypted",
        unfit=~Q(specification_encrypted="") & ~encrypted("specification_encrypted"),
        wrong=NOT_ENCRYPTED,
    )


@promise("C15", _("How the service is delivered"), seen_at=screen(ServiceOrder))
def manner(look: Look) -> Found:
    return orders(look, "manner", unfit=~Q(manner__in=Manner.values))


@promise("C16", _("When the service begins and ends"), seen_at=screen(ServiceOrder))
def dates(look: Look) -> Found:
    ends_first = Q(planned_end__lt=F("starts_on")) | Q(actual_end__lt=F("starts_on"))
    # A cancelled service may never have begun; but nothing ends in two ways.
    ends_twice = ~Q(cancelled_on=None) & ~Q(actual_end=None)
    return orders(
        look,
        "starts_on",
        "planned_end",
        "actual_end",
        "cancelled_on",
        unfit=Q(starts_on=None) | Q(planned_end=None) | ends_first | ends_twice,
        wrong=ngettext_lazy(
            "%(count)d service order ends before it begins, ends twice or has no end.",
            "%(count)d service orders end before they begin, end twice or have no end.",
            "count",
        ),
    )


@promise("C17", _("The counsellor's name"), seen_at=screen(ServiceOrder))
def counsellor(look: Look) -> Found:
    nameless = Q(counsellor__user__first_name="", counsellor__user__last_name="")
    return orders(look, "counsellor", unfit=nameless)


NOT_ENCRYPTED = ngettext_lazy(
    "%(count)d text is stored unencrypted, or with a key that nobody knows.",
    "%(count)d texts are stored unencrypted, or with a key that nobody knows.",
    "count",
)


def encrypted(column: str) -> Q:
    """Return the rows whose column begins as a value encrypted with a key of the settings does."""
    condition = Q(pk__in=[])
    for key in register_settings.ENCRYPTION_KEYS:
        condition |= Q(**{f"{column}__startswith": f"{key}."})
    return condition


@promise(
    "C18", _("What comes up in the service stays with its own counsellor"), seen_at=screen(Note)
)
def notes(look: Look) -> Found:
    """Notes are encrypted, and the gate opens each to nobody but who is responsible."""
    found = rows_fit(
        look,
        Category.CONTENT,
        Note.objects.all(),
        "text_encrypted",
        unfit=~encrypted("text_encrypted"),
        wrong=NOT_ENCRYPTED,
    )
    if found.state != "kept":
        return found
    if people := see_too_much(Note, "order__client", look):
        return broken(SEE_TOO_MUCH, count=people)
    return kept(
        ngettext_lazy(
            "%(count)d note is stored encrypted, and opens to no other counsellor.",
            "All %(count)d notes are stored encrypted, and open to no other counsellor.",
            "count",
        ),
        count=Note.objects.count(),
    )


SEE_TOO_MUCH = ngettext_lazy(
    "%(count)d person would see the data of a client of whom they have no charge.",
    "%(count)d people would see the data of clients of whom they have no charge.",
    "count",
)


def see_too_much(model: type[Model], client: str, look: Look) -> int:
    """Return how many people the gate shows rows of clients that are not theirs on the day.

    Asked of the gate for each open account, and compared with the assignments and holds
    themselves.

    Args:
        client: lookup from a row to its client.
    """
    today = look.today
    current = Assignment.objects.filter(valid_from__lte=today)
    current = current.exclude(valid_until__lt=today).exclude(revoked_on__lte=today)
    holds = Hold.objects.filter(Q(released_on=None) | Q(released_on__gt=today))
    count = 0
    for member in StaffMember.objects.select_related("user"):
        theirs = Q(**{f"{client}__in": current.filter(user=member.user).values("content_object")})
        if member.user.groups.filter(name=Role.DATA_PROTECTION).exists():
            theirs |= Q(**{f"{client}__in": holds.values("client")})
        count += visible(model, to=member.user, today=today).exclude(theirs).exists()
    return count


@promise("C19", _("Data is used for stated purposes alone"), seen_at=section("tiedot"))
def purposes(look: Look) -> Found:
    """Each use in the log states one of the purposes, and the notice names those of its data."""
    uses = AccessLogEntry.objects.count()
    if not uses:
        return nothing_yet(_("Nothing has been used yet."))
    with translation.override(look.language):
        named = [each["label"] for each in facts.purposes()]
    rows = {row[0].casefold() for row in look.notice.rows if row}
    if not all(label.casefold() in rows for label in named):
        return broken(_("The notice does not name every purpose for which data is used."))
    if others := AccessLogEntry.objects.exclude(purpose__in=Purpose.values).count():
        return broken(
            ngettext_lazy(
                "%(count)d use states a purpose that the notice does not know.",
                "%(count)d uses state a purpose that the notice does not know.",
                "count",
            ),
            count=others,
        )
    if untold := _used_untold():
        return broken(
            _("Data is used like this, and clients were not told: %(what)s."), what=untold[0]
        )
    return kept(
        ngettext_lazy(
            "%(count)d use in the log, with one of the stated purposes.",
            "%(count)d uses in the log, each with one of the stated purposes.",
            "count",
        ),
        count=uses,
    )


def _used_untold() -> list[str]:
    """Return the purposes in the log, in words, of which clients had not been told."""
    opened = open_purposes.opened()
    used: set[open_purposes.Pair] = set()
    for model, purpose in (
        AccessLogEntry.objects.order_by().values_list("model", "purpose").distinct()
    ):
        if inventory.declares(model) and inventory[model].subject is Subject.CLIENT:
            used |= open_purposes.pairs_for(purpose, model)
    return open_purposes.in_words(used - opened)


@promise(
    "C20",
    _("What clients tell rests on consent"),
    seen_at=screen(Note),
    missing=_("records of when and how consent was given, and of its withdrawal"),
)
def consent(look: Look) -> Found:
    """Each note says whether the client told it or it arose in the service."""
    rows = Note.objects.all()
    unfit = ~Q(basis__in=NoteBasis.values)
    return rows_fit(look, Category.CONTENT, rows, "text_encrypted", unfit=unfit, wrong=WITHOUT)


@promise("C21", _("The rest rests on legitimate interest"), seen_at=section("tiedot"))
def bases(look: Look) -> Found:
    """Each category is shown with its basis, and each basis in use is explained below."""
    if not Client.objects.exists():
        return nothing_yet()
    with translation.override(look.language):
        for each in facts.categories():
            card, bases = f"data-{each['key']}", [basis["label"] for basis in each["legal_bases"]]
            if not all(look.notice.says(basis, inside=card) for basis in bases):
                return broken(_("The notice shows a category of data without its legal basis."))
            # Explained: in a sentence of its own, beside the cards.
            if not all(look.notice.says(f"{basis}.") for basis in bases):
                return broken(_("The notice does not explain a legal basis that is in use."))
    stated_ones = {
        basis
        for declaration in inventory.of(Subject.CLIENT)
        for category in declaration.categories
        for basis in inventory.legal_bases(category)
    }
    if LegalBasis.LEGITIMATE_INTEREST not in stated_ones:
        return broken(_("No data rests on legitimate interest, as the notice says it does."))
    return kept(
        _("%(count)d categories of data, each with a basis that the notice explains."),
        count=len(facts.categories()),
    )

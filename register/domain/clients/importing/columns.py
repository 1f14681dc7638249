"""What the columns of a file are: guessed from their headings, and chosen by a person."""

from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from register.domain.clients.importing.table import Row, text_of
from register.text.folding import for_search


class Column(TextChoices):
    """A fact of a client or of the order, as a file may tell it (C09–C17)."""

    NAME = "name", _("Name")
    LAST_NAME = "last_name", _("Surname")
    FIRST_NAME = "first_name", _("First name")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    HOME_MUNICIPALITY = "home_municipality", _("Home municipality")
    BIRTH_YEAR = "birth_year", _("Birth year")
    SERVICE = "service", _("Service")
    SPECIFICATION = "specification", _("Specification")
    MANNER = "manner", _("Manner of delivery")
    STARTS_ON = "starts_on", _("Starts on")
    PLANNED_END = "planned_end", _("Valid until")
    ACTUAL_END = "actual_end", _("Ended on")
    COUNSELLOR = "counsellor", _("Counsellor")
    OFFICE = "office", _("Office")
    PRICE = "price", _("Price (€)")
    BILLED = "billed", _("Already billed")


# Without these a row says too little: it would be kept for a wrong time, billed twice, or nobody's.
REQUIRED = (
    Column.SERVICE,
    Column.STARTS_ON,
    Column.PLANNED_END,
    Column.COUNSELLOR,
    Column.OFFICE,
    Column.BILLED,
)
# Headings in Finnish, Swedish and English, folded as `for_search` folds them.
HEADINGS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "nimi", "asiakas", "asiakkaan nimi", "koko nimi", "namn", "klient", "kund", "name",
        "full name", "client", "customer",
    ),
    Column.LAST_NAME: ("sukunimi", "efternamn", "släktnamn", "surname", "last name", "family name"),
    Column.FIRST_NAME: (
        "etunimi", "etunimet", "kutsumanimi", "förnamn", "first name", "given name", "first names",
    ),
    Column.EMAIL: (
        "sähköposti", "sähköpostiosoite", "s posti", "email", "e mail", "e mail address", "e post",
        "epost", "e postadress", "meili",
    ),
    Column.PHONE: (
        "puhelin", "puhelinnumero", "puh", "puhnro", "gsm", "matkapuhelin", "telefon",
        "telefonnummer", "tel", "phone", "phone number", "mobile", "mobil",
    ),
    Column.HOME_MUNICIPALITY: (
        "kotikunta", "kunta", "kotipaikka", "paikkakunta", "kaupunki", "hemkommun", "kommun",
        "hemort", "ort", "municipality", "home municipality", "city",
    ),
    Column.BIRTH_YEAR: (
        "syntymävuosi", "synt vuosi", "vuosi", "födelseår", "birth year", "year of birth",
    ),
    Column.SERVICE: ("palvelu", "tuote", "palvelun nimi", "tjänst", "service"),
    Column.SPECIFICATION: ("tarkennus", "lisätieto", "precisering", "specification"),
    Column.MANNER: (
        "toteuttamistapa", "toteutus", "tapa", "toteutustapa", "sätt", "sätt att genomföra",
        "manner", "manner of delivery",
    ),
    Column.STARTS_ON: (
        "alkaa", "alku", "alkupvm", "alkamispäivä", "aloituspäivä", "aloitus", "alkoi", "börjar",
        "start", "startdatum", "starts on", "start date", "begins",
    ),
    Column.PLANNED_END: (
        "voimassa", "voimassaolo", "voimassa asti", "voimassaolo päättyy", "päättyy", "giltig till",
        "giltighetstid", "giltig t o m", "valid until", "validity",
    ),
    Column.ACTUAL_END: (
        "päättyi", "päättynyt", "päättymispäivä", "lopetettu", "avslutad", "slutade", "ended",
        "ended on", "end date",
    ),
    Column.COUNSELLOR: ("ohjaaja", "vastuuohjaaja", "valmentaja", "vägledare", "counsellor"),
    Column.OFFICE: ("toimipaikka", "toimipiste", "verksamhetsställe", "kontor", "office"),
    Column.PRICE: ("hinta", "summa", "pris", "price", "amount"),
    Column.BILLED: (
        "laskutettu", "jo laskutettu", "laskutus", "fakturerad", "redan fakturerad", "billed",
        "already billed", "invoiced",
    ),
}  # fmt: skip
KNOWN = {heading: column for column, headings in HEADINGS.items() for heading in headings}
# A column so called is refused, whatever stands in it: the register holds no such codes (C23).
OF_IDENTITY_CODES = frozenset(
    (
        "henkilötunnus", "hetu", "sotu", "henkilötunnukset", "sosiaaliturvatunnus",
        "personbeteckning", "personnummer", "identity code", "personal identity code", "ssn",
        "social security number",
    )
)  # fmt: skip
# The heading is looked for in so many rows: above it titles may stand.
LOOKED_AT = 30


def column_of(heading: str) -> Column | None:
    """Return what a column with this heading is, as far as it can be told."""
    return KNOWN.get(for_search(heading))


def known(row: Row) -> int:
    """Return how many different columns the row would name as a heading."""
    return len({found for cell in row if (found := column_of(text_of(cell)))})


def most_known(rows: Sequence[Row]) -> int:
    """Return how many columns are known of the row that is most like a heading."""
    return max(map(known, rows[:LOOKED_AT]), default=0)


def heading_row(rows: Sequence[Row]) -> int | None:
    """Return the number of the row that looks like the heading, counted from 1, or None."""
    most = most_known(rows)
    if most < 2:
        return None
    return next(number for number, row in enumerate(rows, 1) if known(row) == most)


def headings(row: Row, width: int) -> list[str]:
    """Return the headings of so many columns; "" where there is none."""
    return [" ".join(text_of(cell).split()) for cell in [*row, *[None] * (width - len(row))]]


def guessed(found: Sequence[str]) -> list[Column | None]:
    """Return what each column is; of two that are the same, only the first."""
    seen: set[Column] = set()
    guesses: list[Column | None] = []
    for heading in found:
        column = column_of(heading)
        guesses.append(None if column in seen else column)
        seen |= {column} if column else set()
    return guesses


def letter(number: int) -> str:
    """Return how a spreadsheet names its column: A for 1, AA for 27."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

"""Lists of clients as a company has them, and what the register has to offer for them."""

import csv
import io
from dataclasses import replace
from datetime import date

from register.domain.clients.importing import choices, reading
from register.models.staff import Role, StaffHearing
from tests.factories import OfficeFactory, ServiceFactory, UserFactory, staff

TODAY = date(2026, 6, 15)
ROW = {
    "Sukunimi": "Esimerkki",
    "Etunimi": "Aada",
    "Sähköposti": "aada@example.org",
    "Puhelin": "040 123 4567",
    "Kotikunta": "Vantaa",
    "Syntymävuosi": "1980",
    "Palvelu": "Uraohjaus",
    "Alkaa": "1.2.2026",
    "Voimassa asti": "1.12.2026",
    "Ohjaaja": "Eero Ohjaaja",
    "Toimipaikka": "Tikkurila",
    "Laskutettu": "ei",
    "Toteuttamistapa": "etä",
}
EERO = {**ROW, "Etunimi": "Eero", "Sähköposti": "", "Puhelin": "", "Syntymävuosi": "1971"}


def offered():
    """Make what ROW names; return the counsellor's user."""
    StaffHearing.objects.get_or_create(held_on=date(2020, 1, 1))
    ServiceFactory(name="Uraohjaus", price=120)
    ServiceFactory(name="Työnhaku", price=80)
    OfficeFactory(name="Tikkurila")
    user = UserFactory(first_name="Eero", last_name="Ohjaaja")
    return staff(Role.COUNSELLOR, user=user)


def data(*rows):
    file = io.StringIO(newline="")
    table = csv.writer(file, delimiter=";")
    table.writerow(rows[0])
    table.writerows(row.values() for row in rows)
    return file.getvalue().encode()


def chosen(table, **others):
    """The choices as a person makes them who ticks everything."""
    return replace(choices.first_choices(table), leaves_out=True, leaves_rows=True, **others)


def read(*rows, **others):
    """Return the table of these rows and what was chosen of it."""
    table = reading.read(data(*rows))
    return table, chosen(table, **others)

"""Demo content: invented clients, orders and notes, dated relative to the day it is made."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from futuuri_site import demo_staff
from futuuri_site.demo import LOGINS, PASSWORD, Login, demo_logins_exist
from privacy_notice.models import Approval, PrivacyNoticePage
from privacy_notice.models.told_today import facts_today, fingerprint
from register.access.standing import SYSTEM
from register.domain.access_log.changing import add
from register.domain.access_log.recording import record_change
from register.domain.billing import downloads, exporting
from register.models import (
    Assignment,
    Client,
    Hold,
    Note,
    Office,
    Processor,
    Service,
    ServiceOrder,
    StaffMember,
)
from register.models.access_log import Action
from register.models.orders import Manner, NoteBasis
from register.models.processors import ProcessorKind
from register.models.retention import HoldGround
from register.reference import clock

FIRST_NAMES = (
    "Aada", "Onni", "Helmi", "Väinö", "Sisko", "Åke", "Inkeri", "Toivo", "Lempi", "Urho",
    "Saimi", "Kalevi", "Hilkka", "Arvo", "Siiri", "Pentti", "Elsa", "Reino", "Vieno", "Jalmari",
    "Tyyne", "Oskari", "Martta", "Ilmari",
)  # fmt: skip
LAST_NAMES = (
    "Esimerkki", "Mallikas", "Keksitty", "Näytönen", "Testilä", "Kuvitelmaa", "Harjoitus",
    "Otoksinen",
)  # fmt: skip
MUNICIPALITIES = ("092", "091", "049", "858", "186", "")
SERVICES = (("Uraohjaus", "120.00"), ("Opintojen ohjaus", "95.00"), ("Työnhakuvalmennus", "150.00"))
OFFICES = ("Vantaa", "Helsinki")
PROCESSORS = {
    "Esimerkki Taloushallinto Oy": ProcessorKind.FINANCE,
    "Esimerkki Palvelimet Oy": ProcessorKind.HOSTING,
    "Esimerkki Posti Oy": ProcessorKind.MAIL,
}
REASONS = {
    "fi": "Uudet tietojen käsittelijät.",
    "sv": "Nya personuppgiftsbiträden.",
    "en": "New processors.",
}
NOTES = (
    "Keskusteltiin tavoitteista ja sovittiin seuraava tapaaminen.",
    "Asiakas kertoi harkitsevansa alan vaihtoa. Käytiin läpi koulutusvaihtoehdot.",
    "Päivitettiin ansioluettelo yhdessä. Seuraavaksi hakemuskirje.",
    "Tehtiin vahvuuskartoitus, tulokset käydään läpi ensi kerralla.",
)


def create(*, today: date | None = None) -> bool:
    """Make the demo content, dated relative to `today`. False when it is there already.

    Raises ImproperlyConfigured unless the settings allow demo content, and on a database with any
    other account: that may be a real register, and all would know the password of its main user.
    """
    if not settings.DEMO_CONTENT_ALLOWED:
        raise ImproperlyConfigured("These settings allow no demo content.")
    if demo_logins_exist():
        return False
    if get_user_model()._default_manager.exists():
        raise ImproperlyConfigured(
            "This database has accounts of its own, so no demo content is made in it."
        )
    day = today or clock.today()
    create_content(day)
    demo_staff.create(day)
    bill(day - timedelta(days=14))
    publish_notice(day)
    return True


@transaction.atomic
def create_content(day: date) -> None:
    staff = {login.username: create_login(login, day) for login in LOGINS}
    counsellors = [staff["demo-ohjaaja"], staff["demo-ohjaaja2"], staff["demo-kaikki"]]
    services = [
        Service.objects.get_or_create(name=name, defaults={"price": Decimal(price)})[0]
        for name, price in SERVICES
    ]
    offices = [Office.objects.get_or_create(name=name)[0] for name in OFFICES]
    for name, kind in PROCESSORS.items():
        Processor.objects.get_or_create(
            name=name,
            defaults={
                "kind": kind,
                "country": "FI",
                "hosting_country": "FI",
                "contract_signed_on": day - timedelta(days=900),
                "security_assessed_on": day - timedelta(days=120),
                "active": True,
            },
        )
    chance = random.Random(1937104)  # noqa: S311 - the same demonstration every time
    for number, client in enumerate(clients(day)):
        counsellor = counsellors[(0, 1, 0, 1, 0, 1, 0, 2)[number % 8]]
        assign(client, counsellor, day)
        record_change(
            client, by=counsellor.user, today=day, action=Action.CREATE, view="client_add"
        )
        create_orders(number, client, counsellor, services, offices, day, chance)


def bill(day: date) -> None:
    """Export what had ended by the day, and let the finance provider have received it."""
    clerk = get_user_model()._default_manager.get(username="demo-laskutus")
    batch = exporting.export(today=day, by=SYSTEM)
    if batch is not None:
        downloads.mark_received(batch=batch, seen=None, by=clerk, today=day)


def publish_notice(day: date) -> None:
    """Publish what the notice says of the new processors, gone through on the day."""
    contact = get_user_model()._default_manager.get(username="demo-tietosuoja")
    for notice in PrivacyNoticePage.objects.live():
        notice.reviewed_on = day
        revision = notice.save_revision()
        approval = Approval(
            page=notice,
            revision=revision,
            approved_on=day,
            approved_by=contact,
            reason=REASONS.get(notice.locale.language_code, REASONS["fi"]),
            facts=fingerprint(facts_today(notice)),
        )
        add(approval, by=contact, today=day, view="approve_notice")
        revision.publish(user=contact)


def create_login(login: Login, today: date) -> StaffMember:
    user = get_user_model()._default_manager.create(
        username=login.username,
        first_name=login.first_name,
        last_name=login.last_name,
        email=login.email,
        password=make_password(PASSWORD),
    )
    user.groups.add(*Group.objects.filter(name__in=[role.value for role in login.roles]))
    return StaffMember.objects.create(
        user=user,
        agreement_signed_on=today - timedelta(days=400),
        law_trained_on=today - timedelta(days=100),
        law_valid_until=today + timedelta(days=630),
        practices_trained_on=today - timedelta(days=320),
        practices_valid_until=today + timedelta(days=45),
    )


def clients(today: date) -> Iterator[Client]:
    """Yield 24 invented persons.

    Finland sets no numbers aside for fiction; Sweden does (070-174 06 05 to 070-174 06 99,
    Post- och telestyrelsen), so these ring nowhere.
    """
    for number, first_name in enumerate(FIRST_NAMES):
        last_name = LAST_NAMES[number % len(LAST_NAMES)]
        yield Client.objects.create(
            name=f"{first_name} {last_name}",
            email=f"asiakas{number + 1}@example.org",
            phone=f"+46701740{605 + number}" if number % 5 else "",
            home_municipality=MUNICIPALITIES[number % len(MUNICIPALITIES)],
            birth_year=1955 + 2 * number if number % 7 else None,
            created_on=today - timedelta(days=200 + number),
        )


def assign(client: Client, counsellor: StaffMember, today: date) -> None:
    Assignment.objects.create(
        user=counsellor.user,
        content_object=client,
        permission=Permission.objects.get(
            content_type__app_label="register", codename="view_client"
        ),
        valid_from=client.created_on,
    )


def create_orders(
    number: int,
    client: Client,
    counsellor: StaffMember,
    services: list[Service],
    offices: list[Office],
    today: date,
    chance: random.Random,
) -> None:
    """Give a client orders in one of the states that the register knows.

    Of eight: four ongoing, one ended this year and billed, one not billed yet, one ended last
    year (due on the next run), and one ended last year on a legal hold.
    """
    last_year = date(today.year - 1, 11, 1)
    ended_ago = timedelta(days=20 if number % 8 == 4 else 5)  # before and after the last billing
    this_year = max(date(today.year, 1, 1), today - ended_ago)
    state = number % 8
    if state < 4:
        starts, planned, ended = today - timedelta(days=60), today + timedelta(days=120), None
    elif state < 6:
        starts, planned, ended = this_year - timedelta(days=90), this_year, this_year
    else:
        starts, planned, ended = last_year - timedelta(days=90), last_year, last_year
    service = services[number % len(services)]
    order = ServiceOrder.objects.create(  # type: ignore[misc]
        client=client,
        service=service,
        specification="Alanvaihdon suunnittelu" if number % 2 else "",
        manner=list(Manner)[number % 3],
        office=offices[number % len(offices)],
        counsellor=counsellor,
        starts_on=starts,
        planned_end=planned,
        actual_end=ended,
        price=Decimal(0) if state == 6 else service.price,
        created_on=starts,
    )
    for visit in range(1 + number % 3):
        Note.objects.create(  # type: ignore[misc]
            order=order,
            author=counsellor,
            met_on=min(starts + timedelta(days=14 * (visit + 1)), today),
            basis=list(NoteBasis)[visit % 2],
            text=chance.choice(NOTES),
        )
    if state == 7:
        Hold.objects.create(  # type: ignore[misc]
            client=client,
            ground=HoldGround.LEGAL_CLAIMS,
            reason="Keksitty esimerkki: oikeudellinen vaatimus on vireillä.",
            set_on=today - timedelta(days=30),
            review_on=today + timedelta(days=60),
        )

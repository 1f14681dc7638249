"""A register in which every promise that can be kept is, and ways to break what it stands on."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from futuuri_site.content import pages
from privacy_notice.guarding import guards
from privacy_notice.models import PrivacyNoticePage, SignOff
from privacy_notice.models.states import State
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import promises
from privacy_notice.watch.verifying import Outcome, look_at
from register.domain.access_log import protection
from register.domain.billing import exporting
from register.domain.clients import records
from register.domain.orders import notes
from register.models import (
    Controller,
    ExportBatch,
    Heartbeat,
    Note,
    Processor,
    PublishedYear,
    RetentionRun,
    ServiceOrder,
    Statistic,
)
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import (
    DocumentVersionFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    StaffHearingFactory,
    StaffMemberFactory,
    UserFactory,
    staff,
)
from tests.notices import publish_notice

NAME = "Salainen Nimismies"
EMAIL = "salainen.osoite@example.org"
# What has to be true of a promise that is looked at, before anything is broken.
BEFORE = {
    "kept": State.KEPT,
    "by hand": State.BY_HAND,
    "partly": State.NOT_YET,
    "not yet": State.NOT_YET,
}


@dataclass
class World:
    """What there is, and what a test may change of it."""

    settings: Any
    monkeypatch: Any
    today: date
    people: dict[Role, Any]
    client: Any
    order: Any
    note: Any
    processor: Any
    batch: Any

    @property
    def page(self) -> PrivacyNoticePage:
        return PrivacyNoticePage.objects.get()

    @property
    def controller(self) -> Controller:
        return Controller.objects.get()

    def look(self, clause: str) -> Outcome:
        """Return how it stands with one promise now."""
        return look_at(promises()[clause], Look(now=timezone.now()))

    def publish(self, **values: Any) -> None:
        """Publish the notice as it is now, with other values of its fields."""
        publish_notice(self.page, **values)

    def edit(self, change) -> None:
        """Publish other sections, as `change` makes them, which the guards would refuse."""
        page = self.page
        raw = page.sections.raw_data
        page.sections = change([dict(each) for each in raw])
        with self.monkeypatch.context() as unguarded:
            unguarded.setattr(guards, "missing", lambda sections, **in_words_of: [])
            publish_notice(page)

    def without_part(self, kind: str) -> None:
        """Publish the notice without the blocks of a kind."""

        def change(sections):
            for each in sections:
                body = each["value"]["body"]
                each["value"] = {
                    **each["value"],
                    "body": [part for part in body if part["type"] != kind],
                }
            return sections

        self.edit(change)

    def let_in(self, **values: Any) -> None:
        """Change entries of REGISTER."""
        self.settings.REGISTER = {**self.settings.REGISTER, **values}


def make(settings, monkeypatch) -> World:
    """Make the world of a day like today."""
    Site.clear_site_root_paths_cache()
    pages.create(languages=["fi"])
    day = today()
    people = {role: staff(role) for role in Role}
    counsellor = people[Role.COUNSELLOR]
    StaffMemberFactory(user=UserFactory(is_active=False))
    StaffHearingFactory()
    DocumentVersionFactory(published_on=day)
    processor = ProcessorFactory(security_assessed_on=day)
    publish_notice(PrivacyNoticePage.objects.get(), reviewed_on=day)
    client = records.add(
        facts={
            "name": NAME,
            "email": EMAIL,
            "phone": "+358401234567",
            "home_municipality": "092",
            "birth_year": 1980,
        },
        order={
            "service": ServiceFactory(),
            "office": OfficeFactory(),
            "manner": "remote",
            "specification": "salainen tarkennus",
            "starts_on": day,
            "planned_end": day + timedelta(days=60),
            "price": 120,
        },
        by=counsellor,
        today=day,
    )
    order = ServiceOrder.objects.get()
    ServiceOrder.objects.update(actual_end=day)
    notes.write_note(
        order=order,
        values={"met_on": day, "basis": "told_by_client", "text": "salainen muistiinpano"},
        by=counsellor,
        today=day,
    )
    batch = made(exporting.export, by=people[Role.BILLING], day=day)
    Heartbeat.objects.create(beat_at=timezone.now(), log_verified_at=timezone.now())
    run = RetentionRun.objects.create(today=day)
    RetentionRun.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    PublishedYear.objects.create(year=day.year - 1, published_on=day)
    Statistic.objects.create(year=day.year - 1, service_name="Uraohjaus", count=12)
    for promise in promises().values():
        if promise.by_hand:
            SignOff.objects.create(
                clause=promise.clause,
                number=1,
                confirmed_on=day,
                confirmed_by=people[Role.MAIN_USER],
            )
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}
    return World(
        settings=settings,
        monkeypatch=monkeypatch,
        today=day,
        people=people,
        client=client,
        order=order,
        note=Note.objects.get(),
        processor=Processor.objects.get(pk=processor.pk),
        batch=batch,
    )


def made(export, *, by, day) -> ExportBatch:
    """Return an export of the day. On 31 January none is made: then of the day before."""
    return export(today=day, by=by) or export(today=day - timedelta(days=1), by=by)


def sql(statement: str, *parameters: Any) -> None:
    """Do what no screen does, past every rule of the software."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Nothing that waits for the commit stands in the way of another table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement, parameters or None)


def change_the_log(statement: str, *parameters: Any) -> None:
    """Change the log of use, as on a database without its triggers."""
    protection.take_down(connection)
    sql(statement, *parameters)


@contextmanager
def unchecked(table: str, constraint: str):
    """Let rows into a table that its rule would refuse, as on a database without the rule."""
    if connection.vendor == "postgresql":
        sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
        yield
    else:
        sql("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            sql("PRAGMA ignore_check_constraints = OFF")


def https(world: World) -> None:
    """Set the server up as production is."""
    for name, value in {
        "SECRET_KEY": "ei-oikea-avain-" + "aBcDeFgHiJ0123456789" * 3,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "WAGTAILADMIN_BASE_URL": "https://testserver",
        "SILENCED_SYSTEM_CHECKS": [
            *world.settings.SILENCED_SYSTEM_CHECKS,
            "security.W005",
            "security.W021",
        ],
    }.items():
        setattr(world.settings, name, value)


def cases(breaks: dict[str, tuple]) -> list[tuple[str, Any]]:
    """Return each way to break each promise, by the promise."""
    return [(clause, one) for clause, ways in breaks.items() for one in ways]


def named(value: Any) -> str | None:
    return getattr(value, "__name__", None) or str(value)


def is_broken_by(world: World, clause: str, breaking) -> None:
    """See the promise as it has to be, then broken, when what it stands on is."""
    before = world.look(clause)
    assert before.state is BEFORE[before.promise.standing], before.evidence["en"]
    breaking(world)
    after = world.look(clause)
    assert after.state is State.BROKEN, after.evidence["en"]
    assert "could not be looked at" not in after.evidence["en"], after.evidence["en"]

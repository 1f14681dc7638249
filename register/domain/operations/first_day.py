"""What the main user does before the register can be used: lines of the one table."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from register.domain.operations.finding import Audience, Condition, Finding, well_if
from register.domain.staff import hearings, privacy_notice
from register.domain.staff.deputies import holders
from register.models import (
    Controller,
    DocumentVersion,
    Office,
    Processor,
    Service,
    StaffDocument,
    StaffHearing,
    StaffMember,
)
from register.models.processors import ProcessorKind
from register.models.staff import DocumentKind, Role
from register.reference import clock

# Without them nobody guides, bills, answers clients or publishes the notice.
NEEDED_ROLES = (Role.COUNSELLOR, Role.BILLING, Role.DATA_PROTECTION, Role.EDITOR)


def papers(now: datetime) -> Finding:
    """C30, C31: those of the main users. Until they are on file, most stays shut for them too."""
    today = clock.local(now).date()
    ready = {member.pk for member in who_may_enter(today)}
    main_users = holders(Role.MAIN_USER, today=today)
    return Finding(well_if(all(member.pk in ready for member in main_users)))


def facts(now: datetime) -> Finding:
    """The published facts of the company are there, for every site."""
    rows = list(Controller.objects.all())
    empty = [
        field
        for field in required_facts()
        if not rows or any(not getattr(row, field.name) for row in rows)
    ]
    labels = tuple(str(field.verbose_name) for field in empty)
    return Finding(well_if(not empty), details=labels)


def required_facts() -> list[Any]:
    """Return the fields that can't be empty: C03, C05–C08 and C53."""
    return [
        field
        for field in Controller._meta.concrete_fields
        if field.get_internal_type() == "CharField" and not field.blank
    ]


def hearing(now: datetime) -> Finding:
    """The staff know that their use of the register is logged (Act 759/2004)."""
    return Finding(well_if(hearings.were_heard(today=clock.local(now).date())))


def instructions(now: datetime) -> Finding:
    """C31: there is something to read that says how the register is used."""
    found = DocumentVersion.objects.in_force().filter(document__kind=DocumentKind.INSTRUCTION)
    return Finding(well_if(found.exists()))


def staff_notice(now: datetime) -> Finding:
    """The staff can read what is kept of them, as it is (Art. 13)."""
    return Finding(well_if(privacy_notice.is_true(today=clock.local(now).date())))


def services(now: datetime) -> Finding:
    return Finding(well_if(Service.objects.filter(active=True).exists()))


def offices(now: datetime) -> Finding:
    return Finding(well_if(Office.objects.filter(active=True).exists()))


def finance_provider(now: datetime) -> Finding:
    """C40: who bills for us has a contract."""
    today = clock.local(now).date()
    found = Processor.objects.under_contract(today).filter(kind=ProcessorKind.FINANCE)
    return Finding(well_if(found.exists()))


def people(now: datetime) -> Finding:
    """Each role is somebody's who may use it, one person's or several's."""
    held: set[Role] = set()
    for member in who_may_enter(clock.local(now).date()):
        held |= member.roles
    missing = tuple(str(role.label) for role in NEEDED_ROLES if role not in held)
    return Finding(well_if(not missing), details=missing)


def who_may_enter(today: date) -> list[StaffMember]:
    """Return those who can log in, with agreement and training on file."""
    members = (
        StaffMember.objects.able_to_log_in(today)
        .filter(StaffMember.has_agreement.on(today), StaffMember.is_trained.on(today))
        .select_related("user")
        .prefetch_related("user__groups")
    )
    return list(members)


LINES: dict[str, Condition] = {
    "papers": Condition(
        look=papers,
        title=gettext_lazy("Papers of the main users"),
        mend=gettext_lazy("Record the agreement and the training of each, your own first."),
        audience=Audience.MAIN_USER,
        model=StaffMember,
    ),
    "hearing": Condition(
        look=hearing,
        title=gettext_lazy("Hearing of the staff"),
        mend=gettext_lazy(
            "Hear the staff about the log of use and its weekly summary before anybody uses the "
            "register, and record the day."
        ),
        audience=Audience.MAIN_USER,
        model=StaffHearing,
    ),
    "instructions": Condition(
        look=instructions,
        title=gettext_lazy("Internal instructions"),
        mend=gettext_lazy(
            "Write how data is handled here, and publish it; everybody then reads and "
            "acknowledges it."
        ),
        audience=Audience.MAIN_USER,
        model=StaffDocument,
    ),
    "staff_notice": Condition(
        look=staff_notice,
        title=gettext_lazy("Privacy notice for the staff"),
        mend=gettext_lazy(
            "Publish one that says what is kept of the staff today; its draft is ready made."
        ),
        audience=Audience.MAIN_USER,
        model=StaffDocument,
    ),
    "facts": Condition(
        look=facts,
        title=gettext_lazy("The company's facts"),
        mend=gettext_lazy("An editor fills them in under the settings; the notice shows them."),
        audience=Audience.MAIN_USER,
        model=Controller,
    ),
    "services": Condition(
        look=services,
        title=gettext_lazy("Services"),
        mend=gettext_lazy("Add what clients can order, with its price."),
        audience=Audience.MAIN_USER,
        model=Service,
    ),
    "offices": Condition(
        look=offices,
        title=gettext_lazy("Offices"),
        mend=gettext_lazy("Add where clients are met."),
        audience=Audience.MAIN_USER,
        model=Office,
    ),
    "finance_provider": Condition(
        look=finance_provider,
        title=gettext_lazy("Finance administration"),
        mend=gettext_lazy(
            "Add who bills for you, with the contract, and mark it as in use; nothing is billed "
            "before."
        ),
        audience=Audience.MAIN_USER,
        model=Processor,
    ),
    "people": Condition(
        look=people,
        title=gettext_lazy("People"),
        mend=gettext_lazy("Give each role to somebody whose agreement and training are on file."),
        audience=Audience.MAIN_USER,
        model=StaffMember,
    ),
}

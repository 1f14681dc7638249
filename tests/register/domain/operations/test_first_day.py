"""The checklist of the first day: each line until the real thing is there, then nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Site

from register.domain.operations import counts
from register.domain.operations.finding import Level
from register.domain.operations.first_day import required_facts
from register.domain.staff import privacy_notice
from register.models import (
    Controller,
    Office,
    Processor,
    Service,
    StaffDocument,
    StaffHearing,
    StaffMember,
)
from register.models.staff import DocumentKind, Role
from tests.factories import (
    DocumentVersionFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    staff,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
TODAY = NOW.date()
NAMES = [field.name for field in required_facts()]
OTHERS = (Role.COUNSELLOR, Role.BILLING, Role.DATA_PROTECTION, Role.EDITOR)


def to_do(by) -> list[str]:
    lines = counts.first_day(by=by, today=TODAY, now=NOW)
    return [name for name, _line, found in lines if found.level is not Level.WELL]


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def company():
    site = Site.objects.first() or Site.objects.create(hostname="x", root_page_id=1)
    controller, _ = Controller.objects.get_or_create(site=site)
    Controller.objects.filter(pk=controller.pk).update(**dict.fromkeys(NAMES, "x"))


@pytest.fixture
def done(main_user):
    """A register that can be used."""
    ServiceFactory()
    OfficeFactory()
    ProcessorFactory()
    company()
    StaffHearing.objects.create(held_on=TODAY)
    for role in OTHERS:
        staff(role)
    DocumentVersionFactory()
    notice()


def notice():
    title, text = privacy_notice.draft(today=TODAY)
    DocumentVersionFactory(document__kind=DocumentKind.PRIVACY_NOTICE, title=title, text=text)


def instructions():
    return StaffDocument.objects.filter(kind=DocumentKind.INSTRUCTION)


def test_a_new_register_has_everything_before_it():
    by = staff(Role.MAIN_USER, agreement_signed_on=None, law_trained_on=None)
    assert to_do(by) == [
        "papers",
        "hearing",
        "instructions",
        "staff_notice",
        "facts",
        "services",
        "offices",
        "finance_provider",
        "people",
    ]


def test_the_list_goes_with_its_last_line(main_user, done):
    assert counts.first_day(by=main_user, today=TODAY, now=NOW) == []


@pytest.mark.parametrize(
    ("take_away", "line"),
    [
        (lambda: StaffHearing.objects.all().delete(), "hearing"),
        (lambda: instructions().update(withdrawn_on=TODAY), "instructions"),
        (lambda: Service.objects.update(active=False), "services"),
        (lambda: Office.objects.update(active=False), "offices"),
        (lambda: Processor.objects.all().delete(), "finance_provider"),
        (
            lambda: Processor.objects.update(
                contract_signed_on="2020-01-01", contract_valid_until="2026-11-25"
            ),
            "finance_provider",
        ),
        (lambda: Processor.objects.update(kind="mail"), "finance_provider"),
        (lambda: Controller.objects.all().delete(), "facts"),
        *((lambda name=name: Controller.objects.update(**{name: ""}), "facts") for name in NAMES),
    ],
)
def test_one_thing_that_is_missing_is_the_one_to_do(main_user, done, take_away, line):
    take_away()
    # The staff's notice names the company and its processors: it is no longer true then, either.
    assert [each for each in to_do(main_user) if each != "staff_notice"] == [line]


def test_a_draft_is_no_instruction_yet(main_user, done):
    instructions().update(withdrawn_on=TODAY)
    DocumentVersionFactory(published_on=None)
    assert to_do(main_user) == ["instructions"]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize(
    "change",
    [
        {"agreement_signed_on": None},
        {"practices_trained_on": None, "practices_valid_until": None},
        {"suspended_from": TODAY},
        {"closed_on": TODAY},
    ],
)
def test_a_role_that_nobody_may_use_is_named(main_user, done, role, change):
    StaffMember.objects.filter(user__groups__name=role).update(**change)
    lines = counts.first_day(by=main_user, today=TODAY, now=NOW)
    people = next(found for name, _line, found in lines if name == "people")
    assert people.details == (str(role.label),)
    assert to_do(main_user) == ["people"]


def test_another_main_users_papers_are_to_do_too(main_user, done):
    staff(Role.MAIN_USER, agreement_signed_on=None)
    staff(Role.MAIN_USER, agreement_signed_on=None, closed_on=TODAY)
    assert to_do(main_user) == ["papers"]


def test_one_person_may_have_all_roles(done):
    StaffMember.objects.all().delete()
    assert to_do(staff(Role.MAIN_USER, *OTHERS)) == []


def test_a_log_in_that_is_removed_uses_no_role(main_user, done):
    member = StaffMember.objects.get(user__groups__name=Role.BILLING)
    member.user.is_active = False
    member.user.save()
    assert to_do(main_user) == ["people"]


@pytest.mark.parametrize("role", OTHERS)
def test_it_is_the_main_users_alone(role):
    assert counts.first_day(by=staff(role), today=TODAY, now=NOW) == []

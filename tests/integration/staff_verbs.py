"""The verbs about the staff: who may use them, on what, and what the log then says."""

from functools import partial

from django.utils import timezone

from register.domain.staff import (
    absences,
    accounts,
    acknowledging,
    changes,
    documents,
    employees,
    hearings,
    links,
    on_file,
    own_roles,
    roles,
    second_factor,
)
from register.models.access_log import Action
from register.models.staff import DocumentKind, Role
from tests.factories import (
    AccessChangeFactory,
    DocumentVersionFactory,
    RoleRequestFactory,
    StaffHearingFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.integration.verb import RESULT, TODAY, Verb


def of_member(**wanted):
    return {
        "role": Role.MAIN_USER,
        "about": lambda by: StaffMemberFactory(),
        "wanted": lambda member: {"member": member, "seen": 1, **wanted},
    }


def of_request():
    return {
        "role": Role.DATA_PROTECTION,
        "about": lambda by: RoleRequestFactory(),
        "wanted": lambda request: {"request": request, "seen": 1, "now": timezone.now()},
    }


def of_document(make, **wanted):
    return {
        "role": Role.MAIN_USER,
        "as_well": Role.DATA_PROTECTION,
        "about": lambda by: make().document,
        "wanted": lambda document: {"document": document, "seen": 1, **wanted},
    }


def somebody_without_a_log_in(by):
    return StaffMemberFactory(user=UserFactory(is_active=False))


STAFF_VERBS = {
    "staff.hearings.record_hearing": Verb(
        run=hearings.record_hearing,
        role=Role.MAIN_USER,
        as_well=Role.DATA_PROTECTION,
        wanted=lambda _: {"held_on": TODAY},
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.hearings.remove_hearing": Verb(
        run=hearings.remove_hearing,
        role=Role.MAIN_USER,
        as_well=Role.DATA_PROTECTION,
        about=lambda by: StaffHearingFactory(),
        wanted=lambda hearing: {"item": hearing, "seen": 1},
        action=Action.DELETE,
        positional=True,
    ),
    "staff.accounts.add_staff_member": Verb(
        run=accounts.add_staff_member,
        role=Role.MAIN_USER,
        wanted=lambda _: {
            "username": "aino",
            "email": "aino@example.org",
            "first_name": "Aino",
            "last_name": "Keksitty",
            "roles": [Role.COUNSELLOR],
        },
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.roles.set_roles": Verb(run=roles.set_roles, **of_member(roles=[Role.BILLING])),
    "staff.absences.suspend": Verb(run=absences.suspend, **of_member(start=TODAY, until=None)),
    "staff.accounts.close": Verb(run=accounts.close, **of_member()),
    "staff.on_file.keep_on_file": Verb(
        run=on_file.keep_on_file,
        **of_member(
            agreement_signed_on=TODAY,
            law_trained_on=None,
            law_valid_until=None,
            practices_trained_on=None,
            practices_valid_until=None,
        ),
    ),
    "staff.documents.add_document": Verb(
        run=documents.add_document,
        role=Role.MAIN_USER,
        as_well=Role.DATA_PROTECTION,
        wanted=lambda _: {
            "kind": DocumentKind.INSTRUCTION,
            "title": "Käsittelyn ohje",
            "text": "Lukitse näyttö.",
        },
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.documents.write": Verb(
        run=documents.write,
        **of_document(DocumentVersionFactory, title="Uusi ohje", text="Lukitse ovi."),
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.documents.publish": Verb(
        run=documents.publish,
        **of_document(partial(DocumentVersionFactory, published_on=None)),
        **RESULT,
    ),
    "staff.documents.withdraw": Verb(run=documents.withdraw, **of_document(DocumentVersionFactory)),
    "staff.employees.add_employee": Verb(
        run=employees.add_employee,
        role=Role.MAIN_USER,
        wanted=lambda _: {"first_name": "Siru", "last_name": "Siivooja"},
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.employees.give_login": Verb(
        run=employees.give_login,
        role=Role.MAIN_USER,
        about=somebody_without_a_log_in,
        wanted=lambda member: {
            "member": member,
            "username": "siru",
            "email": "siru@example.org",
            "seen": 1,
        },
    ),
    "staff.acknowledging.enter_paper": Verb(
        run=acknowledging.enter_paper,
        role=Role.MAIN_USER,
        about=somebody_without_a_log_in,
        wanted=lambda member: {
            "member": member,
            "document_version": DocumentVersionFactory(),
            "acknowledged_on": TODAY,
        },
        action=Action.CREATE,
        **RESULT,
    ),
    "staff.second_factor.reset_second_factor": Verb(
        run=second_factor.reset_second_factor, **of_member()
    ),
    "staff.accounts.rename": Verb(
        run=accounts.rename,
        **of_member(first_name="Aino", last_name="Uusi", email="aino@example.org"),
    ),
    "staff.links.give": Verb(run=links.give, **of_member(now=timezone.now())),
    "staff.changes.see": Verb(
        run=changes.see,
        role=Role.DATA_PROTECTION,
        about=lambda by: AccessChangeFactory(),
        wanted=lambda change: {"change": change, "seen": 1, "now": timezone.now()},
        action=Action.CONFIRM,
    ),
    "staff.own_roles.confirm": Verb(run=own_roles.confirm, action=Action.CONFIRM, **of_request()),
    "staff.own_roles.refuse": Verb(run=own_roles.refuse, action=Action.DENY, **of_request()),
}

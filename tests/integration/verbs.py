"""Every verb of the domain: who may use it, on what, and what the log then says."""

from datetime import date
from functools import partial

from django.utils import timezone

from register.domain import controller, feedback, processors
from register.domain.access_log import trusted_day
from register.domain.billing import downloads, exporting
from register.domain.clients import assignments, duplicates, handing_over, records
from register.domain.clients.handing_over import Move
from register.domain.clients.importing import entering
from register.domain.operations import doubtful_day
from register.domain.orders import catalogue
from register.domain.retention import confirming, holds
from register.models import (
    Client,
    Controller,
    Feedback,
    Heartbeat,
    LikelyDuplicate,
    Processor,
    Service,
)
from register.models.access_log import Action
from register.models.retention import HoldGround, ListKind
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    ErasureListFactory,
    HoldFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceOrderFactory,
    staff,
)
from tests.integration.notice_verbs import NOTICE_VERBS
from tests.integration.order_verbs import ORDER_VERBS, an_order, own_client
from tests.integration.staff_verbs import STAFF_VERBS
from tests.integration.verb import RESULT, TODAY, Verb
from tests.register.domain.clients.importing import lists

# What verbs are made of: the way to change, and the way to record.
MECHANISM = {
    "access_log.changing.add",
    "access_log.changing.changing",
    "access_log.changing.remove",
    "access_log.recording.record",
    "access_log.recording.record_change",
    "access_log.changing.add_with_another",
    "staff.changing_login.changing_login",
}
# Steps of a verb that has asked: `exporting.export`.
STEPS = {
    "billing.claims.claim",
    "billing.batches.open_batch",
    "clients.assignments.grant",
    "clients.assignments.close_own",
    # Wraps a verb that asks: tests/register/domain/retention/test_hastening.py.
    "retention.hastening.carry_out",
    # Anybody's own account: tests/register/wagtail_admin/staff/test_account.py.
    "staff.passwords.change_own_password",
    # Anybody's own record: tests/register/domain/staff/test_own_record.py.
    "staff.own_record.own_record",
    # Anybody's own reading: tests/register/domain/staff/test_acknowledging.py.
    "staff.acknowledging.note_opening",
    "staff.acknowledging.acknowledge",
    # Of one's own account: tests/register/domain/staff/test_own_roles.py.
    "staff.own_roles.ask",
    # The same: tests/register/domain/staff/test_second_factor.py.
    "staff.second_factor.add_passkey",
    "staff.second_factor.rename_passkey",
    "staff.second_factor.add_app",
    "staff.second_factor.remove_factor",
    "staff.second_factor.renew_recovery_codes",
}
# What a verb writes, or reads, in a transaction of its own day.
WITHIN = {
    "billing.claims.log_disclosure",
    "access_log.unreadable.note_unreadable",
    "clients.assignments.on",
    # A dry run, refused to the same people: tests/register/domain/clients/importing.
    "clients.importing.entering.look",
    # Put on the contact's list by the verbs that change somebody's access.
    "staff.changes.note",
    "staff.changes.note_if_main_user",
    "staff.roles.put",
}


def a_waiting_list():
    return ErasureListFactory(kind=ListKind.BEYOND, frozen_at=timezone.now())


def own_period(by):
    return AssignmentFactory(user=by)


def client_like_anothers(by):
    twin = own_client(by)
    ClientFactory(email=twin.email)
    return twin


def billable(by):
    ProcessorFactory()
    return ServiceOrderFactory(actual_end=date(2026, 6, 1))


def written_batch(by):
    billable(by)
    return exporting.export(today=TODAY, by=by)


def a_list(by):
    lists.offered()
    return lists.read(lists.ROW)


def of_item(make, **wanted):
    return {
        "role": Role.MAIN_USER,
        "about": lambda by: make(),
        "wanted": lambda item: {"item": item, **wanted},
        "positional": True,
    }


def of_the_day():
    return {
        "role": Role.MAIN_USER,
        "as_well": Role.DATA_PROTECTION,
        "about": lambda by: Heartbeat.objects.create(beat_at=timezone.now()),
        "wanted": lambda _: {"now": timezone.now(), "seen": None},
    }


VERBS = {
    **ORDER_VERBS,
    **STAFF_VERBS,
    **NOTICE_VERBS,
    "clients.records.add": Verb(
        run=records.add,
        role=Role.COUNSELLOR,
        wanted=lambda _: {
            "facts": {"name": "Testi Henkilö", "email": "testi@example.org"},
            "order": an_order(),
        },
        action=Action.CREATE,
        **RESULT,
    ),
    "clients.records.change": Verb(
        run=records.change,
        role=Role.COUNSELLOR,
        about=own_client,
        wanted=lambda client: {"client": client, "changes": {"name": "Uusi"}, "seen": 1},
    ),
    "clients.importing.entering.enter": Verb(
        run=entering.enter,
        role=Role.MAIN_USER,
        about=a_list,
        wanted=lambda found: {"table": found[0], "choices": found[1], "seen": "new1"},
        action=Action.CREATE,
        named=lambda about, result: Client.objects.get(),
    ),
    "clients.duplicates.report_duplicates": Verb(
        run=duplicates.report_duplicates,
        role=Role.COUNSELLOR,
        about=client_like_anothers,
        wanted=lambda client: {"client": client},
        action=Action.CREATE,
        named=lambda about, result: LikelyDuplicate.objects.get(),
    ),
    "clients.assignments.assign": Verb(
        run=assignments.assign,
        role=Role.MAIN_USER,
        about=lambda by: ClientFactory(),
        wanted=lambda client: {
            "client": client,
            "user": staff(Role.COUNSELLOR),
            "valid_from": TODAY,
            "valid_until": None,
        },
        action=Action.ASSIGN,
        **RESULT,
    ),
    "clients.assignments.set_dates": Verb(
        run=assignments.set_dates,
        role=Role.MAIN_USER,
        about=lambda by: AssignmentFactory(),
        wanted=lambda assignment: {
            "assignment": assignment,
            "valid_from": assignment.valid_from,
            "valid_until": date(2100, 1, 1),
            "seen": 1,
        },
        action=Action.ASSIGN,
    ),
    "clients.assignments.revoke": Verb(
        run=assignments.revoke,
        role=Role.MAIN_USER,
        about=lambda by: AssignmentFactory(),
        wanted=lambda assignment: {"assignment": assignment, "seen": 1},
        action=Action.ASSIGN,
    ),
    "clients.handing_over.hand_over": Verb(
        run=handing_over.hand_over,
        role=Role.MAIN_USER,
        as_well=Role.COUNSELLOR,
        about=own_period,
        wanted=lambda period: {
            "giver": period.user.staff_member,
            "moves": [
                Move(
                    period.content_object_id,
                    staff(Role.COUNSELLOR).staff_member.pk,
                    f"{period.pk}:{period.version}",
                )
            ],
            "valid_from": TODAY,
            "valid_until": None,
        },
        action=Action.ASSIGN,
    ),
    "orders.catalogue.add": Verb(
        run=catalogue.add,
        action=Action.CREATE,
        **of_item(lambda: Service(name="Uraohjaus")),
    ),
    "orders.catalogue.change": Verb(
        run=catalogue.change, **of_item(OfficeFactory, changes={"active": False}, seen=1)
    ),
    "orders.catalogue.remove": Verb(
        run=catalogue.remove, action=Action.DELETE, **of_item(OfficeFactory, seen=1)
    ),
    "processors.add": Verb(
        run=processors.add,
        action=Action.CREATE,
        **of_item(lambda: Processor(name="x", kind="mail", country="FI", hosting_country="FI")),
    ),
    "processors.change": Verb(
        run=processors.change, **of_item(ProcessorFactory, changes={"active": False}, seen=1)
    ),
    "processors.remove": Verb(
        run=processors.remove, action=Action.DELETE, **of_item(ProcessorFactory, seen=1)
    ),
    "access_log.trusted_day.confirm": Verb(
        run=trusted_day.confirm, action=Action.CONFIRM, **of_the_day()
    ),
    "access_log.trusted_day.deny": Verb(run=trusted_day.deny, action=Action.DENY, **of_the_day()),
    "operations.doubtful_day.answer": Verb(
        run=partial(doubtful_day.answer, is_right=True), action=Action.CONFIRM, **of_the_day()
    ),
    "retention.confirming.confirm": Verb(
        run=confirming.confirm,
        role=Role.MAIN_USER,
        as_well=Role.DATA_PROTECTION,
        about=lambda by: a_waiting_list(),
        wanted=lambda waiting: {"erasure_list": waiting, "seen": 1, "now": timezone.now()},
        action=Action.CONFIRM,
    ),
    "controller.change": Verb(
        run=controller.change,
        role=Role.EDITOR,
        about=lambda by: Controller.objects.create(site_id=1),
        wanted=lambda item: {"item": item, "changes": {"city": "Vantaa"}, "seen": 1},
        positional=True,
    ),
    "feedback.remove": Verb(
        run=feedback.remove,
        role=Role.COUNSELLOR,
        about=lambda by: Feedback.objects.create(received_on=TODAY, answers_encrypted="x"),
        wanted=lambda answer: {"feedback": answer},
        action=Action.DELETE,
    ),
    "retention.holds.place": Verb(
        run=holds.place,
        role=Role.DATA_PROTECTION,
        about=lambda by: ClientFactory(),
        wanted=lambda client: {
            "client": client,
            "ground": HoldGround.LEGAL_CLAIMS,
            "reason": "Keksitty.",
            "review_on": TODAY,
        },
        action=Action.HOLD,
        **RESULT,
    ),
    "retention.holds.review": Verb(
        run=holds.review,
        role=Role.DATA_PROTECTION,
        about=lambda by: HoldFactory(),
        wanted=lambda hold: {"hold": hold, "until": date(2027, 5, 1), "seen": 1},
        action=Action.REVIEW,
    ),
    "retention.holds.release": Verb(
        run=holds.release,
        role=Role.DATA_PROTECTION,
        about=lambda by: HoldFactory(),
        wanted=lambda hold: {"hold": hold, "seen": 1},
        action=Action.RELEASE,
    ),
    "billing.exporting.export": Verb(
        run=exporting.export, role=Role.BILLING, about=billable, action=Action.DISCLOSE, **RESULT
    ),
    "billing.downloads.open_file": Verb(
        run=downloads.open_file,
        role=Role.BILLING,
        about=written_batch,
        wanted=lambda batch: {"batch": batch},
        action=Action.DOWNLOAD,
    ),
    "billing.downloads.mark_received": Verb(
        run=downloads.mark_received,
        role=Role.BILLING,
        about=written_batch,
        wanted=lambda batch: {"batch": batch, "seen": batch.version},
    ),
}

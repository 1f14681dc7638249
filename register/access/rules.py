"""Who sees, adds, changes and deletes what (C33): one rule a model, and what has none is nobody's.

`see` and `change` give rows; `create` and `delete` name roles. Nobody deletes by hand what is a
client's: erasure has its own engine. Spam in the feedback is the exception.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from register.conf import register_settings
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessChange,
    AccessLogEntry,
    Acknowledgement,
    Assignment,
    BookkeepingRow,
    Client,
    Controller,
    DocumentVersion,
    ErasureList,
    ExportBatch,
    Feedback,
    Hold,
    LikelyDuplicate,
    Note,
    NoticeGiven,
    Office,
    Processor,
    RetentionRun,
    RoleRequest,
    Service,
    ServiceOrder,
    StaffDocument,
    StaffHearing,
    StaffMember,
    Statistic,
)
from register.models.staff import ChangeKind, Role
from register.text.login_names import login_key

from .standing import EffectiveAccess

M = TypeVar("M", bound=Model)
Rows = Callable[[EffectiveAccess], QuerySet[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """The rule of one model.

    Attributes:
        see: the rows that a person sees.
        create: roles that may add a row.
        change: the rows that a person may change; by default none.
        delete: roles that may delete a row that they see.
        purpose: why the data is used (C19); by role, the first that fits, where roles use it for
            different purposes; None where a counsellor's guidance and data protection differ.
        open_without_training: whether agreement and training are not asked for (C31, C35).
    """

    see: Rows
    create: tuple[Role, ...] = ()
    change: Rows | None = None
    delete: tuple[Role, ...] = ()
    purpose: Purpose | Mapping[Role, Purpose] | None = None
    open_without_training: bool = False


def all_rows(model: type[M], *roles: Role) -> Rows:
    """All rows of the model to whoever has one of the roles."""
    return partial(_all_rows_to, model, roles)


def _all_rows_to(model: type[M], roles: tuple[Role, ...], who: EffectiveAccess) -> QuerySet[M]:
    objects = model._default_manager
    return objects.all() if who.has(*roles) else objects.none()


def own_clients(who: EffectiveAccess) -> QuerySet[Client]:
    """Clients assigned to a counsellor on the day, except those past their erasure date."""
    if not who.has(Role.COUNSELLOR):
        return Client.objects.none()
    return Client.objects.unrestricted().assigned_to(who.user, on=who.today)


def clients_in_open_matter(who: EffectiveAccess) -> QuerySet[Client]:
    """Clients whom a hold makes the data protection contact's matter (C33)."""
    if not who.has(Role.DATA_PROTECTION):
        return Client.objects.none()
    return Client.objects.held(on=who.today)


def clients(who: EffectiveAccess) -> QuerySet[Client]:
    if not who.has(Role.DATA_PROTECTION):
        return own_clients(who)
    if not who.has(Role.COUNSELLOR):
        return clients_in_open_matter(who)
    return own_clients(who) | clients_in_open_matter(who)


def assignments(who: EffectiveAccess) -> QuerySet[Assignment]:
    """All to the main user; to others those of the clients they see: who else works with them."""
    if who.has(Role.MAIN_USER):
        return Assignment.objects.all()
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return Assignment.objects.none()
    return Assignment.objects.filter(content_object__in=clients(who))


def own_orders(who: EffectiveAccess) -> QuerySet[ServiceOrder]:
    if not who.has(Role.COUNSELLOR):
        return ServiceOrder.objects.none()
    return ServiceOrder.objects.unrestricted().filter(client__in=own_clients(who))


def orders(who: EffectiveAccess) -> QuerySet[ServiceOrder]:
    if not who.has(Role.DATA_PROTECTION):
        return own_orders(who)
    in_matter = ServiceOrder.objects.filter(client__in=clients_in_open_matter(who))
    return own_orders(who) | in_matter if who.has(Role.COUNSELLOR) else in_matter


def notes(who: EffectiveAccess) -> QuerySet[Note]:
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return Note.objects.none()
    return Note.objects.filter(order__in=orders(who))


def notes_written_on_own_orders(who: EffectiveAccess) -> QuerySet[Note]:
    """A note is changed by its author, while the client is the author's (C18)."""
    if not who.has(Role.COUNSELLOR):
        return Note.objects.none()
    return Note.objects.filter(author=who.staff_member, order__in=own_orders(who))


def notices_given(who: EffectiveAccess) -> QuerySet[NoticeGiven]:
    """Those of whom one sees the client; all to the main user, who goes by register numbers."""
    if who.has(Role.MAIN_USER):
        return NoticeGiven.objects.all()
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return NoticeGiven.objects.none()
    return NoticeGiven.objects.filter(client__in=clients(who))


def notices_to_give(who: EffectiveAccess) -> QuerySet[NoticeGiven]:
    """Counsellors tell their own clients; the main user sees to it that nobody is forgotten."""
    if who.has(Role.MAIN_USER):
        return NoticeGiven.objects.all()
    if not who.has(Role.COUNSELLOR):
        return NoticeGiven.objects.none()
    return NoticeGiven.objects.filter(client__in=own_clients(who))


def staff_documents(who: EffectiveAccess) -> QuerySet[StaffDocument]:
    """Those that were published, to everybody who works here; drafts to those who write them."""
    if who.has(*WRITERS):
        return StaffDocument.objects.all()
    if not who.roles:
        return StaffDocument.objects.none()
    published = DocumentVersion.objects.published()
    return StaffDocument.objects.filter(pk__in=published.values("document"))


def document_versions(who: EffectiveAccess) -> QuerySet[DocumentVersion]:
    if who.has(*WRITERS):
        return DocumentVersion.objects.all()
    return DocumentVersion.objects.published() if who.roles else DocumentVersion.objects.none()


def drafts(who: EffectiveAccess) -> QuerySet[DocumentVersion]:
    """What was published is changed by nobody: a change is a new version."""
    if not who.has(*WRITERS):
        return DocumentVersion.objects.none()
    return DocumentVersion.objects.draft()


def acknowledgements(who: EffectiveAccess) -> QuerySet[Acknowledgement]:
    """One's own, and all to those who see to it that none is missing (C31)."""
    if who.has(*WRITERS):
        return Acknowledgement.objects.all()
    return own_acknowledgements(who)


def own_acknowledgements(who: EffectiveAccess) -> QuerySet[Acknowledgement]:
    if not who.roles:
        return Acknowledgement.objects.none()
    return Acknowledgement.objects.filter(member=who.staff_member)


def acknowledgements_to_enter(who: EffectiveAccess) -> QuerySet[Acknowledgement]:
    """Nobody says for another that something was read, but for who can't say so here (C31)."""
    own = own_acknowledgements(who)
    if not who.has(MAIN_USER):
        return own
    return own | Acknowledgement.objects.filter(member__user__is_active=False)


def is_named_confirmer(who: EffectiveAccess) -> bool:
    """Whether the owner named this person to look at what the contact does in person (C33)."""
    name, member = register_settings.CONFIRMER, who.staff_member
    return bool(name and member and member.login_key == login_key(name))


def access_changes(who: EffectiveAccess) -> QuerySet[AccessChange]:
    """All to the data protection contact; those that a contact made to whom the owner named."""
    if who.has(Role.DATA_PROTECTION):
        return AccessChange.objects.all()
    if not is_named_confirmer(who):
        return AccessChange.objects.none()
    contacts = StaffMember.objects.holding(Role.DATA_PROTECTION)
    return AccessChange.objects.filter(actor__in=contacts)


def is_new_among_contacts(who: EffectiveAccess) -> bool:
    """Whether this contact's own role is still to be seen by another one, who could see it.

    Such a one looks at nothing: else who adds accounts would add some to look at their deeds (C35).
    """
    unseen = AccessChange.objects.unseen().filter(kind=ChangeKind.ROLES)
    if not unseen.filter(member=who.staff_member).exists():
        return False
    return contacts_at_work(who).exclude(pk__in=unseen.values("member")).exists()


def contacts_at_work(who: EffectiveAccess) -> QuerySet[StaffMember]:
    """The data protection contacts who can log in on the day."""
    return StaffMember.objects.able_to_log_in(who.today).holding(Role.DATA_PROTECTION)


def access_changes_of_others(who: EffectiveAccess) -> QuerySet[AccessChange]:
    """Nobody takes off the list what they did themselves, nor what was changed of their own access.

    The second is for another contact to see, where there is one who did not do it.
    """
    if who.has(Role.DATA_PROTECTION) and is_new_among_contacts(who):
        return AccessChange.objects.none()
    others = contacts_at_work(who).exclude(user=who.user.pk)
    others = others.exclude(pk=Coalesce(OuterRef("actor"), 0))
    rows = access_changes(who).filter(Q(actor=None) | ~Q(actor=who.staff_member))
    return rows.filter(~Q(member=who.staff_member) | ~Exists(others))


def role_requests(who: EffectiveAccess) -> QuerySet[RoleRequest]:
    """All to the data protection contact; to a main user the own ones.

    Those of a contact to whom the owner named.
    """
    if who.has(Role.DATA_PROTECTION):
        return RoleRequest.objects.all()
    rows = RoleRequest.objects.none()
    if who.has(Role.MAIN_USER):
        rows |= RoleRequest.objects.filter(member=who.staff_member)
    if is_named_confirmer(who):
        contacts = StaffMember.objects.holding(Role.DATA_PROTECTION)
        rows |= RoleRequest.objects.filter(member__in=contacts)
    return rows


def role_requests_of_others(who: EffectiveAccess) -> QuerySet[RoleRequest]:
    """Nobody decides about the own roles, and no main user as such about another's request."""
    if who.has(Role.DATA_PROTECTION) and is_new_among_contacts(who):
        return RoleRequest.objects.none()
    return role_requests(who).exclude(member=who.staff_member)


COUNSELLOR, BILLING, MAIN_USER, CONTACT, EDITOR = (
    Role.COUNSELLOR,
    Role.BILLING,
    Role.MAIN_USER,
    Role.DATA_PROTECTION,
    Role.EDITOR,
)

# Who writes what the staff read, and sees who has read it.
WRITERS = (MAIN_USER, CONTACT)

RULES: dict[type[Model], Rule] = {
    Client: Rule(see=clients, create=(COUNSELLOR,), change=own_clients),
    ServiceOrder: Rule(see=orders, create=(COUNSELLOR,), change=own_orders),
    Note: Rule(see=notes, create=(COUNSELLOR,), change=notes_written_on_own_orders),
    # Who reads the answers takes spam out: nobody else knows that it is some.
    Feedback: Rule(
        see=all_rows(Feedback, COUNSELLOR), delete=(COUNSELLOR,), purpose=Purpose.FEEDBACK
    ),
    NoticeGiven: Rule(
        see=notices_given, create=(COUNSELLOR,), change=notices_to_give, purpose=Purpose.RIGHTS
    ),
    Service: Rule(
        see=all_rows(Service, MAIN_USER, COUNSELLOR),
        create=(MAIN_USER,),
        change=all_rows(Service, MAIN_USER),
        delete=(MAIN_USER,),
    ),
    Office: Rule(
        see=all_rows(Office, MAIN_USER, COUNSELLOR),
        create=(MAIN_USER,),
        change=all_rows(Office, MAIN_USER),
        delete=(MAIN_USER,),
    ),
    Processor: Rule(
        see=all_rows(Processor, MAIN_USER),
        create=(MAIN_USER,),
        change=all_rows(Processor, MAIN_USER),
        delete=(MAIN_USER,),
    ),
    # The main user could not otherwise record anybody's agreement and training, the own included.
    StaffMember: Rule(
        see=all_rows(StaffMember, MAIN_USER),
        create=(MAIN_USER,),
        change=all_rows(StaffMember, MAIN_USER),
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    # Whoever is not trained yet begins by reading (C31).
    StaffDocument: Rule(
        see=staff_documents,
        create=WRITERS,
        change=all_rows(StaffDocument, *WRITERS),
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    DocumentVersion: Rule(
        see=document_versions,
        create=WRITERS,
        change=drafts,
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    Acknowledgement: Rule(
        see=acknowledgements,
        create=tuple(Role),
        change=acknowledgements_to_enter,
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    # Before anybody may enter the register: what it is about is that their use of it is logged.
    StaffHearing: Rule(
        see=all_rows(StaffHearing, MAIN_USER, CONTACT),
        create=(MAIN_USER, CONTACT),
        delete=(MAIN_USER, CONTACT),
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    # What could be misuse of an account waits for nobody's papers (C31).
    AccessChange: Rule(
        see=access_changes,
        change=access_changes_of_others,
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    RoleRequest: Rule(
        see=role_requests,
        change=role_requests_of_others,
        purpose=Purpose.ADMINISTRATION,
        open_without_training=True,
    ),
    Assignment: Rule(
        see=assignments,
        create=(MAIN_USER,),
        change=all_rows(Assignment, MAIN_USER),
        purpose={MAIN_USER: Purpose.ADMINISTRATION, CONTACT: Purpose.RIGHTS},
    ),
    ExportBatch: Rule(
        see=all_rows(ExportBatch, BILLING),
        create=(BILLING,),
        change=all_rows(ExportBatch, BILLING),
        purpose=Purpose.BILLING,
    ),
    BookkeepingRow: Rule(see=all_rows(BookkeepingRow, BILLING), purpose=Purpose.BILLING),
    Hold: Rule(
        see=all_rows(Hold, CONTACT),
        create=(CONTACT,),
        change=all_rows(Hold, CONTACT),
        purpose=Purpose.RIGHTS,
    ),
    LikelyDuplicate: Rule(see=all_rows(LikelyDuplicate, CONTACT), purpose=Purpose.RIGHTS),
    AccessLogEntry: Rule(see=all_rows(AccessLogEntry, CONTACT), purpose=Purpose.RIGHTS),
    # Counts only. Either may confirm what was on no forecast, so that one's holiday delays nothing.
    ErasureList: Rule(
        see=all_rows(ErasureList, MAIN_USER, CONTACT),
        change=all_rows(ErasureList, MAIN_USER, CONTACT),
        purpose=Purpose.RIGHTS,
    ),
    RetentionRun: Rule(see=all_rows(RetentionRun, MAIN_USER, CONTACT)),
    Statistic: Rule(see=all_rows(Statistic, MAIN_USER, COUNSELLOR)),
    # Published facts, part of the public pages: an editor needs no training for them (C31).
    Controller: Rule(
        see=all_rows(Controller, EDITOR),
        change=all_rows(Controller, EDITOR),
        purpose=Purpose.RIGHTS,
        open_without_training=True,
    ),
}

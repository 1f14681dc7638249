"""Who may do what to which object (C29–C34): plain predicates, and `visible` for QuerySets.

The gate is a conjunction: a role that needs it, and an object that is the person's own, and a
signed confidentiality agreement, and valid training, and a login that is not suspended. What
is not granted here is refused: an unknown model, an unknown user, a superuser without a role.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from .enums import Purpose, Role
from .models import (
    AccessLogEntry,
    Assignment,
    BookkeepingRow,
    Client,
    ExportBatch,
    Feedback,
    Hold,
    LikelyDuplicate,
    Note,
    Office,
    Processor,
    RetentionRun,
    Service,
    ServiceOrder,
    StaffMember,
    Statistic,
)

User = AbstractBaseUser | AnonymousUser
M = TypeVar("M", bound=Model)

# Account management stays open without agreement and training (C31, C35): the main user could
# not otherwise record anybody's, the own ones included.
OPEN_WITHOUT_TRAINING: tuple[type[Model], ...] = (StaffMember,)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may build on, on one day."""

    user: User
    today: date
    staff_member: StaffMember | None
    roles: frozenset[Role]
    has_agreement: bool
    is_trained: bool

    @property
    def may_enter(self) -> bool:
        """Whether the register opens at all: agreement on file and training valid (C30, C31)."""
        return self.has_agreement and self.is_trained

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def standing(user: User, *, today: date | None = None) -> Standing:
    """Return the user's standing on the day (default: today in the project's time zone).

    An anonymous, inactive or suspended user, or one without a staff record, has no role.
    """
    day = today or timezone.localdate()
    cached: Standing | None = getattr(user, "_register_standing", None)
    if cached is not None and cached.today == day:
        return cached
    staff_member = (
        StaffMember.objects.filter(user_id=user.pk).select_related("user").first()
        if user.is_authenticated and user.is_active
        else None
    )
    active = staff_member is not None and not staff_member.is_suspended(day)
    result = Standing(
        user=user,
        today=day,
        staff_member=staff_member if active else None,
        roles=staff_member.roles if staff_member and active else frozenset(),
        has_agreement=bool(staff_member and staff_member.has_agreement(day)),
        is_trained=bool(staff_member and staff_member.is_trained(day)),
    )
    user._register_standing = result  # type: ignore[union-attr]
    return result


def _own(who: Standing) -> Q:
    """Clients assigned to a counsellor on the day, except those past their erasure date."""
    if not who.has(Role.COUNSELLOR):
        return Q(pk__in=[])
    assigned = Assignment.objects.current(who.today).filter(user=who.user.pk or 0)
    return Q(restricted_on=None, pk__in=assigned.values("content_object"))


def _in_open_matter(who: Standing) -> Q:
    """Clients whom a hold makes the data protection contact's matter (C33)."""
    if not who.has(Role.DATA_PROTECTION):
        return Q(pk__in=[])
    return Q(pk__in=Hold.objects.active(who.today).values("client"))


def _clients(who: Standing) -> QuerySet[Client]:
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return Client.objects.none()
    if not who.has(Role.DATA_PROTECTION):
        return _assigned(who)
    return Client.objects.filter(_own(who) | _in_open_matter(who))


def _assigned(who: Standing) -> QuerySet[Client]:
    """The same clients as `_own`, joined: one row each, since a user has one row per client.

    The database can then begin at the assignments or at the names, whichever is fewer; from
    the subquery of `_own` it read all clients to show twenty (see bench/client_list.py).
    """
    open_ended = Q(assignments__valid_until=None)
    lasting = Q(assignments__valid_until__gte=who.today)
    return Client.objects.unrestricted().filter(
        open_ended | lasting,
        assignments__user=who.user.pk or 0,
        assignments__valid_from__lte=who.today,
    )


def _orders(who: Standing) -> QuerySet[ServiceOrder]:
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return ServiceOrder.objects.none()
    own = Q(restricted_on=None, client__in=Client.objects.filter(_own(who)))
    matter = Q(client__in=Client.objects.filter(_in_open_matter(who)))
    return ServiceOrder.objects.filter(own | matter)


def _notes(who: Standing) -> QuerySet[Note]:
    if not who.has(Role.COUNSELLOR, Role.DATA_PROTECTION):
        return Note.objects.none()
    return Note.objects.filter(order__in=_orders(who))


def _for_roles(model: type[M], *roles: Role) -> Callable[[Standing], QuerySet[M]]:
    """All rows of the model to anyone with one of the roles."""

    def rule(who: Standing) -> QuerySet[M]:
        objects = model._default_manager
        return objects.all() if who.has(*roles) else objects.none()

    return rule


_VISIBLE: dict[type[Model], Callable[[Standing], QuerySet[Any]]] = {
    Client: _clients,
    ServiceOrder: _orders,
    Note: _notes,
    Feedback: _for_roles(Feedback, Role.COUNSELLOR),
    Service: _for_roles(Service, Role.MAIN_USER, Role.COUNSELLOR),
    Office: _for_roles(Office, Role.MAIN_USER, Role.COUNSELLOR),
    StaffMember: _for_roles(StaffMember, Role.MAIN_USER),
    Assignment: _for_roles(Assignment, Role.MAIN_USER),
    Processor: _for_roles(Processor, Role.MAIN_USER),
    ExportBatch: _for_roles(ExportBatch, Role.BILLING),
    BookkeepingRow: _for_roles(BookkeepingRow, Role.BILLING),
    Hold: _for_roles(Hold, Role.DATA_PROTECTION),
    LikelyDuplicate: _for_roles(LikelyDuplicate, Role.DATA_PROTECTION),
    AccessLogEntry: _for_roles(AccessLogEntry, Role.DATA_PROTECTION),
    RetentionRun: _for_roles(RetentionRun, Role.MAIN_USER, Role.DATA_PROTECTION),
    Statistic: _for_roles(Statistic, Role.MAIN_USER, Role.COUNSELLOR),
}

# Which roles may add a row, and which may change one that they see. Nobody deletes by hand
# what is personal: erasure has its own engine.
_MAY_CREATE: dict[type[Model], tuple[Role, ...]] = {
    Client: (Role.COUNSELLOR,),
    ServiceOrder: (Role.COUNSELLOR,),
    Note: (Role.COUNSELLOR,),
    Service: (Role.MAIN_USER,),
    Office: (Role.MAIN_USER,),
    StaffMember: (Role.MAIN_USER,),
    Assignment: (Role.MAIN_USER,),
    Processor: (Role.MAIN_USER,),
    Hold: (Role.DATA_PROTECTION,),
}
_MAY_DELETE: dict[type[Model], tuple[Role, ...]] = {
    Service: (Role.MAIN_USER,),
    Office: (Role.MAIN_USER,),
    Processor: (Role.MAIN_USER,),
}


def visible(model: type[M], *, to: User, today: date | None = None) -> QuerySet[M]:
    """Return the rows of `model` that the user may see on the day; none when in doubt.

    Every list, search, chooser, export, history and count starts from here.
    """
    who = standing(to, today=today)
    rule = _VISIBLE.get(model)
    if rule is None or not (who.may_enter or model in OPEN_WITHOUT_TRAINING):
        return model._default_manager.none()
    return rule(who)


def may_list(user: User, model: type[Model], *, today: date | None = None) -> bool:
    """Whether the user has a list of the model at all, empty or not."""
    return not visible(model, to=user, today=today).query.is_empty()


def may_see(user: User, obj: Model, *, today: date | None = None) -> bool:
    return visible(type(obj), to=user, today=today).filter(pk=obj.pk).exists()


def may_create(user: User, model: type[Model], *, today: date | None = None) -> bool:
    who = standing(user, today=today)
    open_to_all = who.may_enter or model in OPEN_WITHOUT_TRAINING
    return open_to_all and who.has(*_MAY_CREATE.get(model, ()))


def may_change(user: User, obj: Model, *, today: date | None = None) -> bool:
    """Whether the user may change the object: sees it, in a role that writes it.

    A counsellor changes own clients only, and of their notes only the own ones; the data
    protection contact reads in an open matter and changes nothing.
    """
    who = standing(user, today=today)
    if not (may_create(user, type(obj), today=today) and may_see(user, obj, today=today)):
        return False
    own = Client.objects.filter(_own(who))
    if isinstance(obj, Client):
        return own.filter(pk=obj.pk).exists()
    if isinstance(obj, ServiceOrder):
        return obj.restricted_on is None and own.filter(pk=obj.client_id).exists()
    if isinstance(obj, Note):
        author = who.staff_member is not None and obj.author_id == who.staff_member.pk
        return author and may_change(user, obj.order, today=today)
    return True


def may_delete(user: User, obj: Model, *, today: date | None = None) -> bool:
    who = standing(user, today=today)
    return who.has(*_MAY_DELETE.get(type(obj), ())) and may_see(user, obj, today=today)


_PURPOSES: dict[type[Model], Purpose] = {
    Feedback: Purpose.FEEDBACK,
    ExportBatch: Purpose.BILLING,
    BookkeepingRow: Purpose.BILLING,
    StaffMember: Purpose.ADMINISTRATION,
    Assignment: Purpose.ADMINISTRATION,
    Hold: Purpose.RIGHTS,
    LikelyDuplicate: Purpose.RIGHTS,
    AccessLogEntry: Purpose.RIGHTS,
}


def purpose_of(user: User, model: type[Model], *, today: date | None = None) -> Purpose:
    """Return the purpose for which this person uses this kind of data (C33, C38)."""
    if model in _PURPOSES:
        return _PURPOSES[model]
    who = standing(user, today=today)
    return Purpose.GUIDANCE if who.has(Role.COUNSELLOR) else Purpose.RIGHTS


def purposes_of(user: User, model: type[Model], clients: list[UUID]) -> dict[Purpose, list[UUID]]:
    """Return the clients by the purpose for which this person uses their data (C33, C38).

    Who is both counsellor and data protection contact uses own clients' data for guidance and
    the data of all others, whom only a hold opens, for data protection.
    """
    purpose = purpose_of(user, model)
    who = standing(user)
    if purpose is not Purpose.GUIDANCE or not who.has(Role.DATA_PROTECTION):
        return {purpose: clients}
    own = set(Client.objects.filter(_own(who), pk__in=clients).values_list("pk", flat=True))
    sorted_out = {
        Purpose.GUIDANCE: [client for client in clients if client in own],
        Purpose.RIGHTS: [client for client in clients if client not in own],
    }
    return {purpose: used for purpose, used in sorted_out.items() if used}

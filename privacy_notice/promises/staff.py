"""That the staff are bound to silence, trained, and know what to do (C30, C31).

Of everybody who works here, with a log-in or without one.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.promises.accounts import comes_in, open_accounts
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, broken, kept, nothing_yet
from register.domain.staff import unread
from register.models import DocumentVersion, StaffMember
from register.models.staff import DocumentKind, Role, Training


def employees(look: Look) -> list[StaffMember]:
    """Return everybody who works here on the day; those without a log-in too."""
    rows = StaffMember.objects.exclude(closed_on__lte=look.today)
    return list(rows.select_related("user").prefetch_related("user__groups"))


def agreements(look: Look) -> Found:
    """Nobody works here without a signed agreement, and nobody comes in without one."""
    members = employees(look)
    if not members:
        return nothing_yet(_("Nobody is on the list of the staff yet."))
    unsigned = [
        member
        for member in members
        if member.agreement_signed_on is None or member.agreement_signed_on > look.today
    ]
    inside = sum(comes_in(member.user, look) for member in unsigned)
    if inside:
        return broken(
            ngettext_lazy(
                "%(count)d person comes into the register without a signed agreement.",
                "%(count)d people come into the register without a signed agreement.",
                "count",
            ),
            count=inside,
        )
    if unsigned:
        return broken(
            ngettext_lazy(
                "The agreement of %(count)d employee is not on file; the register stays shut to "
                "that person.",
                "The agreements of %(count)d employees are not on file; the register stays shut to "
                "them.",
                "count",
            ),
            count=len(unsigned),
        )
    accounts = len(open_accounts(look))
    return kept(
        _("Agreements on file: %(count)d, of which of people without a log-in: %(without)d."),
        count=len(members),
        without=len(members) - accounts,
    )


def trained(look: Look) -> Found:
    """Both trainings of each are valid, and each has acknowledged the instructions in time.

    Who only edits the public pages is in need of no training, and reads the instructions.
    """
    members = [member for member in employees(look) if member.roles != {Role.EDITOR}]
    if not members:
        return nothing_yet(_("Nobody is on the list of the staff yet."))
    without = sum(not has_valid_trainings(member, look) for member in members)
    if without:
        return broken(
            ngettext_lazy(
                "The training of %(count)d person in the law or in our practices is missing or has "
                "run out.",
                "The training of %(count)d people in the law or in our practices is missing or has "
                "run out.",
                "count",
            ),
            count=without,
        )
    instructions = DocumentVersion.objects.in_force().filter(
        document__kind=DocumentKind.INSTRUCTION
    )
    if not instructions.exists():
        return broken(_("No internal instruction is published."))
    asked = unread.of_everybody(today=look.today, kind=DocumentKind.INSTRUCTION)
    late = {each.member.pk for each in asked if each.is_late(look.today)}
    if late:
        return broken(
            ngettext_lazy(
                "%(count)d person has not acknowledged the internal instructions in time.",
                "%(count)d people have not acknowledged the internal instructions in time.",
                "count",
            ),
            count=len(late),
        )
    return kept(
        _(
            "People with both trainings: %(count)d; instructions in force: %(instructions)d; still "
            "to be acknowledged, in time: %(waiting)d."
        ),
        count=len(members),
        instructions=instructions.count(),
        waiting=len(asked),
    )


def has_valid_trainings(member: StaffMember, look: Look) -> bool:
    """Whether both trainings were held, and are valid on the day; the rows' own days are read."""
    for training in Training:
        held, until = getattr(member, training.held_on), getattr(member, training.valid_until)
        if held is None or until is None or not held <= look.today <= until:
            return False
    return True

"""What is wrong, on top of the first screen; nothing where nothing is."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from register.access.standing import EffectiveAccess, User, effective_access
from register.domain.operations import counts, doubtful_day
from register.domain.retention import status
from register.domain.staff.deputies import holders
from register.models import StaffMember
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base import screens
from register.wagtail_admin.base.words import moment
from register.wagtail_admin.retention.erasure_lists import counted

SHOWN = 20  # unreadable texts that are listed one by one


class Banner(Component):
    """What keeps one out or must not wait: once, though several roles are told of some of it."""

    name = "register_banner"
    order = 10
    template_name = "register/admin/home/banner.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        who, now = effective_access(self.user, today=today()), timezone.now()
        asked: dict[str, Any] = {"by": self.user, "today": today()}
        unreadable = counts.unreadable_texts(**asked)
        shown = {
            **locked(who),
            "overdue_holds": status.overdue_holds(**asked),
            "hold_screens": who.has(Role.DATA_PROTECTION),
            "failed_run": status.failed_run(**asked),
            "day_in_doubt": doubtful_day.traces(**asked, now=now),
            "waiting_lists": [
                (each, each.is_unconfirmed(now), counted(each), moment(each.erases_at))
                for each in status.waiting_lists(**asked, now=now)
            ],
            "complaints": counts.complaints(**asked, now=now),
            "unreadable": unreadable[:SHOWN],
            "unreadable_count": len(unreadable),
            "unreadable_more": len(unreadable[SHOWN:]),
        }
        told = ("overdue_holds", "failed_run", "day_in_doubt", "waiting_lists", "complaints")
        return {
            **shown,
            "is_well": shown["complaints"] == [],
            "is_wrong": any(shown[name] for name in (*told, "unreadable")),
        }


def locked(who: EffectiveAccess) -> dict[str, Any]:
    """Return why the register is locked for the person, and who can change that."""
    member = who.staff_member
    reasons = [
        reason
        for missing, reason in (
            (
                not who.has_agreement,
                _("Your signed confidentiality agreement is not on file."),
            ),
            (
                not who.is_trained,
                _("Your training in the law and in our practices is not on file, or has run out."),
            ),
        )
        if missing and member and who.roles - {Role.EDITOR}
    ]
    may_record = who.has(Role.MAIN_USER)
    whom_to_ask = holders(Role.MAIN_USER, today=who.today) if reasons else []
    return {
        "locked": reasons,
        "own_card": screens.address(StaffMember, "edit", member.pk)
        if member and may_record
        else None,
        "whom_to_ask": ", ".join(each.name for each in whom_to_ask),
    }

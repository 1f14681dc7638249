"""The first screen after login: where one stands, and where the work is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Site

from register.access.gate import may_create, may_list
from register.access.standing import User, effective_access
from register.domain.clients import without_counsellor
from register.domain.notices import giving
from register.domain.operations import counts, doubtful_day
from register.domain.operations.finding import Condition
from register.domain.retention import status
from register.domain.staff import changes, own_roles, privacy_notice
from register.domain.staff.deputies import holders
from register.models import Client, Controller, StaffDocument, StaffMember
from register.models.staff import DocumentKind, Role
from register.reference.clock import today
from register.wagtail_admin.base import screens
from register.wagtail_admin.base.words import moment
from register.wagtail_admin.retention.erasure_lists import counted

SHOWN = 20  # unreadable texts that are listed one by one


class NamePanel(Component):
    """The register's one official name, on the screen with which everybody begins (C03)."""

    name = "register_name"
    order = 5
    template_name = "register/admin/register_name.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        site = Site.find_for_request(self.request)  # None while there is no site yet
        return {"name": Controller.for_site(site).register_name if site else ""}


class StandingPanel(Component):
    """Roles, and what is missing or about to run out: nobody should wonder why a list is gone."""

    name = "register_standing"
    order = 10
    template_name = "register/admin/home.html"

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        who = effective_access(self.user, today=today())
        member = who.staff_member
        is_main_user = who.has(Role.MAIN_USER)
        unreadable = counts.unreadable_texts(by=self.user, today=today())
        return {
            "member": member,
            "roles": [role.label for role in Role if role in who.roles],
            "locked": [
                reason
                for missing, reason in (
                    (
                        not who.has_agreement,
                        _("Your signed confidentiality agreement is not on file."),
                    ),
                    (
                        not who.is_trained,
                        _(
                            "Your training in the law and in our practices is not on file, or has "
                            "run out."
                        ),
                    ),
                )
                if missing and member and who.roles - {Role.EDITOR}
            ],
            "own_card": screens.address(StaffMember, "edit", member.pk)
            if member and is_main_user
            else None,
            "whom_to_ask": ", ".join(each.name for each in holders(Role.MAIN_USER, today=today()))
            if not who.may_enter
            else "",
            "first_day": [
                (line, finding, self.screen(name, line))
                for name, line, finding in counts.first_day(
                    by=self.user, today=today(), now=timezone.now()
                )
            ],
            "may_add_client": may_create(self.user, Client, today=today()),
            "changes_to_see": changes.count_unseen(by=self.user, today=today()),
            "role_requests": own_roles.count_waiting(by=self.user, today=today()),
            "without_counsellor": without_counsellor.count(by=self.user, today=today()),
            "to_be_told": giving.count(by=self.user, today=today()),
            "overdue_holds": status.overdue_holds(by=self.user, today=today()),
            "hold_screens": who.has(Role.DATA_PROTECTION),
            "hastened": status.hastened(by=self.user, today=today()),
            "failed_run": status.failed_run(by=self.user, today=today()),
            "day_in_doubt": doubtful_day.traces(by=self.user, today=today(), now=timezone.now()),
            "waiting_lists": [
                (each, each.is_unconfirmed(timezone.now()), counted(each), moment(each.erases_at))
                for each in status.waiting_lists(by=self.user, today=today(), now=timezone.now())
            ],
            "complaints": counts.complaints(by=self.user, today=today(), now=timezone.now()),
            "counts": counts.overview(by=self.user, today=today()) if is_main_user else None,
            "unreadable": unreadable[:SHOWN],
            "unreadable_count": len(unreadable),
            "unreadable_more": len(unreadable[SHOWN:]),
        }

    def screen(self, name: str, line: Condition) -> str:
        """Return where a line of the first day is done; "" where this person can't yet."""
        who = effective_access(self.user, today=today())
        if name == "papers" and who.staff_member and not who.may_enter:
            return screens.address(StaffMember, "edit", who.staff_member.pk)
        if line.model is Controller:
            label = (Controller._meta.app_label, Controller._meta.model_name)
            return reverse("wagtailsettings:edit", args=label) if who.has(Role.EDITOR) else ""
        if name == "staff_notice" and privacy_notice.document() is None:
            if not may_create(self.user, StaffDocument, today=today()):
                return ""
            return f"{screens.address(StaffDocument, 'create')}?kind={DocumentKind.PRIVACY_NOTICE}"
        if line.model and may_list(self.user, line.model, today=today()):
            return screens.address(line.model, "index")
        return ""

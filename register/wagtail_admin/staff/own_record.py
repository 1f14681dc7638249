"""The page on which each of the staff sees what is kept of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.conf import register_settings
from register.domain.staff.own_record import Kept, own_record
from register.exceptions import NotAllowed
from register.models import DocumentVersion, StaffMember
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.words import (
    changes_in_words,
    label_of,
    moment,
    plain,
    roles_in_words,
)

NAME = "register_own_record"


def values(kept: Kept) -> list[list[tuple[str, str]]]:
    """Return the rows in words: for each its labels and values."""
    choices = {field.name: dict(field.choices or ()) for field in kept.model._meta.concrete_fields}
    return [
        [
            (capfirst(label_of(kept.model, name)), words(choices.get(name, {}), value))
            for name, value in row.items()
        ]
        for row in kept.rows
    ]


def words(choices: dict[Any, Any], value: Any) -> str:
    """Return a value in words. Lists are roles, and a person or a document has a name here."""
    match value:
        case StaffMember():
            return value.name
        case DocumentVersion():
            return value.title
        case list():
            return roles_in_words(value)
    return plain(choices.get(value, value))


@method_decorator(never_cache, name="dispatch")
class OwnRecordView(WagtailAdminTemplateMixin, TemplateView):
    """All that is kept of the person who looks, what was done to it, and for how long."""

    template_name = "register/admin/own_record.html"
    page_title = _("What is kept of you")
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        return [*self.breadcrumbs_items, account, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            found = own_record(by=request.user, today=today())
        except NotAllowed:
            raise Http404 from None
        first, last = found.logged
        context = self.get_context_data(
            member=found.member,
            roles=[role.label for role in Role if role in found.member.roles],
            kept=[
                (capfirst(each.model._meta.verbose_name), each.count, values(each))
                for each in found.kept
            ],
            changes=[
                (
                    moment(entry.at),
                    entry.get_action_display(),
                    changes_in_words(StaffMember, entry.details),
                )
                for entry in found.changes
            ],
            first=moment(first) if first else "",
            last=moment(last) if last else "",
            years=register_settings.STAFF_YEARS,
            log_years=register_settings.LOG_YEARS,
        )
        return self.render_to_response(context)


def menu_item(request: HttpRequest) -> dict[str, str]:
    """Return the line on the page of one's own account that leads here."""
    return {
        "url": reverse(NAME),
        "label": str(_("What is kept of you")),
        "help_text": str(_("Your record, what was done to it, and how long it is kept.")),
    }

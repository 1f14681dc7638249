"""Reading a document, saying that one has, and who has (C31)."""

from operator import attrgetter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from register.access.gate import may_change, may_list, visible
from register.access.standing import User
from register.domain.access_log import reading
from register.domain.staff import acknowledging, documents, unread
from register.models import Acknowledgement, DocumentVersion, StaffMember
from register.wagtail_admin.base.editing import add_errors
from register.wagtail_admin.base.inputs import DayField
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.staff.employees import called


class ReadView(ObjectView):
    """The version in force, and below it the button: whoever sees the button has it open."""

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = documents.version_in_force(self.instance)
        if version is None:
            return redirect(address(self.instance, "versions"))
        opened = acknowledging.note_opening(
            document_version=version, by=request.user, today=self.today
        )
        return self.render_to_response(self.get_context_data(document=version, opened=opened))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            acknowledging.acknowledge(
                document_version=self.posted_version(), by=request.user, today=self.today
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Acknowledged. Thank you."))
        return redirect(address(self.instance, "read"))

    def posted_version(self) -> DocumentVersion:
        """Return the version that the person had before their eyes, of this document."""
        number = self.request.POST.get("number", "")
        rows = visible(DocumentVersion, to=self.request.user, today=self.today)
        found = number.isdecimal() and len(number) < 6
        version = rows.filter(document=self.instance, number=int(number)).first() if found else None
        if version is None:
            raise Http404
        return version

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Read")}]

    def get_template_names(self) -> list[str]:
        return ["register/admin/read_document.html"]


class VersionsView(ObjectView):
    """All versions that the person may see, as they are."""

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Versions")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = documents.versions(document=self.instance, by=self.request.user, today=self.today)
        return super().get_context_data(**{"versions": found, **kwargs})

    def get_template_names(self) -> list[str]:
        return ["register/admin/document_versions.html"]


class PaperForm(forms.Form):
    """Who acknowledged on paper, and on which day."""

    member = forms.ModelChoiceField(
        StaffMember.objects.none(), label=gettext_lazy("Person without a log-in")
    )
    acknowledged_on = DayField(label=gettext_lazy("Acknowledged on paper on"))

    def __init__(self, data: Any, *, members: Any) -> None:
        super().__init__(data)
        self.has_members = members.exists()
        field: Any = self.fields["member"]
        field.queryset = members
        field.label_from_instance = attrgetter("name")


class AcknowledgedView(ObjectView):
    """Who has acknowledged the version in force and who has not; the main user enters papers."""

    def check_action_permitted(self, user: User) -> bool:
        return may_change(user, self.instance, today=self.today)

    def find(self) -> None:
        super().find()
        version = documents.version_in_force(self.instance)
        if version is None:
            raise Http404
        self.version = version

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.enters_papers:
            raise Http404
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                acknowledging.enter_paper(
                    document_version=self.version,
                    **form.cleaned_data,
                    by=request.user,
                    today=self.today,
                )
            except ValidationError as refused:
                add_errors(form, refused)
            else:
                messages.success(request, _("The acknowledgement on paper is entered."))
                return redirect(address(self.instance, "acknowledged"))
        return self.render_to_response(self.get_context_data(form=form))

    @property
    def enters_papers(self) -> bool:
        return may_list(self.request.user, StaffMember, today=self.today)

    def get_form(self, data: Any = None) -> PaperForm:
        members = visible(StaffMember, to=self.request.user, today=self.today)
        without = members.filter(user__is_active=False, closed_on=None).select_related("user")
        return PaperForm(data, members=without)

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Who has acknowledged it")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or (self.get_form() if self.enters_papers else None)
        given = reading.read(
            Acknowledgement,
            to=self.request.user,
            today=self.today,
            view=self.view_name,
            narrow=lambda rows: (
                rows.given()  # type: ignore[attr-defined]
                .filter(document_version=self.version)
                .select_related("member__user")
                .order_by("member__sort_key", "pk")
            ),
        )
        missing = unread.of_document(self.version, today=self.today)
        return super().get_context_data(
            **{
                "document": self.version,
                "given": [
                    (called(each.member), plain(each.acknowledged_on), each.on_paper)
                    for each in given
                ],
                "missing": [
                    (called(each.member), plain(each.until), each.is_late(self.today))
                    for each in sorted(missing, key=attrgetter("member.sort_key"))
                ],
                "form": form if form and form.has_members else None,
                "media": form.media if form else forms.Media(),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/acknowledged.html"]

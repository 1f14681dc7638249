"""Instructions for the staff: written, published, read, acknowledged (C31)."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from register.access.gate import may_change, visible
from register.access.standing import User
from register.domain.staff import documents, privacy_notice, unread
from register.models import Acknowledgement, DocumentVersion, StaffDocument
from register.models.staff import DocumentKind
from register.text.form_fields import Line, Lines
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.forms import RegisterForm
from register.wagtail_admin.base.objects import InspectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.staff.reading import AcknowledgedView, ReadView, VersionsView


class DocumentForm(RegisterForm):
    """The words of the draft. What is published is not touched by it."""

    title = Line(label=_("Title"), max_length=200)
    text = Lines(
        label=_("Text"),
        max_length=DocumentVersion._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("An empty line begins a new paragraph. Nobody's personal data belongs here."),
    )

    class Meta(RegisterForm.Meta):
        model = StaffDocument
        fields: list[str] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        newest = None if self.instance._state.adding else documents.newest_version(self.instance)
        if newest is not None:
            self.initial = {**self.initial, "title": newest.title, "text": newest.text}


class NewDocumentForm(DocumentForm):
    """A new document is of a kind, which stays."""

    class Meta(DocumentForm.Meta):
        fields = ["kind"]


def has_draft(document: StaffDocument) -> bool:
    newest = documents.newest_version(document)
    return newest is not None and newest.is_draft and not document.is_withdrawn


def what_publishing_does(document: StaffDocument, *, by: User, today: date) -> list[Any]:
    draft = documents.newest_version(document)
    if draft is None:
        return []
    count = len(unread.of_document(draft, today=today))
    told = {"number": draft.number, "title": draft.title, "count": count}
    return [
        _("Version %(number)d, “%(title)s”, is in force at once, and can't be changed any more.")
        % told,
        ngettext(
            "%(count)d person is asked to read and acknowledge it.",
            "%(count)d people are asked to read and acknowledge it.",
            count,
        )
        % told,
        _("Earlier versions stay as they are, and so does who has acknowledged them."),
    ]


def what_withdrawing_does(document: StaffDocument, *, by: User, today: date) -> list[Any]:
    return [
        _("Nobody is asked to read it any more, and no new version of it can be written."),
        _("Its versions stay readable, and so does who has acknowledged them."),
        _("It can't be brought back into force: what is needed again is written anew."),
    ]


class DocumentView(InspectView):
    """The document's own screen, with ways to its versions and to who has read them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writes = may_change(self.request.user, self.instance, today=self.today)
        in_force = documents.version_in_force(self.instance)
        return super().get_context_data(
            **{
                "read_url": address(self.instance, "read") if in_force else None,
                "versions_url": address(self.instance, "versions"),
                "acknowledged_url": address(self.instance, "acknowledged")
                if in_force and writes
                else None,
                **kwargs,
            }
        )


class StaffDocumentAdmin(RegisterModelAdmin):
    """What everybody reads, and two roles write."""

    model = StaffDocument
    ordering = ("pk",)
    form_class = DocumentForm
    inspect_view_class = DocumentView
    inspect_template_name = "register/admin/document.html"
    object_views = {"read": ReadView, "versions": VersionsView, "acknowledged": AcknowledgedView}
    actions = (
        ObjectAction(
            name="publish",
            label=_("Publish the draft"),
            explanation=_("Everybody is then asked to read and acknowledge it."),
            done=_("Published. Everybody is asked to read it."),
            offered=has_draft,
            on_rows=False,
            run=lambda document, **asked: documents.publish(document=document, **asked),
            consequences=what_publishing_does,
            serious=False,
        ),
        ObjectAction(
            name="withdraw",
            label=_("Take out of force"),
            explanation=_("When it is not to be followed any more."),
            done=_("It is out of force."),
            offered=lambda document: not document.is_withdrawn,
            run=lambda document, **asked: documents.withdraw(document=document, **asked),
            consequences=what_withdrawing_does,
        ),
    )
    columns = (
        Column("title", label=_("Title")),
        Column("kind", desktop_only=True),
        Column("in_force_since", label=_("In force since"), desktop_only=True),
        Column("acknowledged_on", label=_("Acknowledged by you")),
        Column("withdrawn_on", desktop_only=True),
    )
    details = (
        "kind",
        Detail("in_force_since", label=_("In force since")),
        Detail("acknowledged_on", label=_("Acknowledged by you")),
        "withdrawn_on",
    )

    def title_of(self, instance: StaffDocument) -> str:
        title = getattr(instance, "title", None)
        return str(title) if title else str(instance)

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Each with the title that the person may see, and the person's own acknowledgement."""
        mine = visible(DocumentVersion, to=user, today=self.today).filter(document=OuterRef("pk"))
        in_force = DocumentVersion.objects.in_force().filter(document=OuterRef("pk"))
        own = Acknowledgement.objects.given().filter(
            member__user=user.pk, document_version=OuterRef("in_force")
        )
        return rows.annotate(
            title=Subquery(mine.order_by("-number").values("title")[:1]),
            in_force=Subquery(in_force.values("pk")[:1]),
            in_force_since=Subquery(in_force.values("published_on")[:1]),
        ).annotate(acknowledged_on=Subquery(own.values("acknowledged_on")[:1]))

    def get_form_class(self, instance: Any) -> Any:
        if instance is None:
            return NewDocumentForm
        return None if instance.is_withdrawn else DocumentForm

    def told_of(self, instance: Any) -> str:
        return str(_("The draft is saved. It is in force when it is published."))

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        """Fill in the privacy notice for the staff, which the first day's list leads to."""
        kind = DocumentKind.PRIVACY_NOTICE
        if instance is not None or request.GET.get("kind") != kind:
            return {}
        title, text = privacy_notice.draft(today=self.today)
        return {"initial": {"kind": kind, "title": title, "text": text}}

    def add_object(self, form: Any, *, by: User) -> Model:
        return documents.add_document(
            kind=DocumentKind(form.cleaned_data["kind"]),
            **form.values("title", "text"),
            by=by,
            today=self.today,
        )

    def change_object(self, form: Any, *, by: User) -> Model:
        documents.write(
            document=form.instance,
            **form.values("title", "text"),
            seen=form.seen,
            by=by,
            today=self.today,
        )
        document: StaffDocument = form.instance
        return document

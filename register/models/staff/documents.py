"""What the staff read and say so: internal instructions, and the privacy notice of their own (C31).

A document has versions. One that is published is fixed; what changes is a new version, which
everybody is asked to read anew.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from register.db.fixed import Fixing, FixingQuerySet
from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet
from register.text.model_fields import LineField, LinesField

PUBLISHED = Q(published_on__isnull=False)
SAID_ON_SCREEN = Q(acknowledged_on__isnull=False, on_paper=False)


class DocumentKind(TextChoices):
    """What a document is to those who read it."""

    INSTRUCTION = "instruction", _("Internal instruction")
    PRIVACY_NOTICE = "privacy_notice", _("Privacy notice for the staff")


class StaffDocumentQuerySet(VersionedQuerySet["StaffDocument"]):
    def withdrawn(self) -> "StaffDocumentQuerySet":
        return self.filter(StaffDocument.is_withdrawn.condition)


class StaffDocument(Versioned):
    """A document for the staff. Its words are those of its versions."""

    kind = models.CharField(
        _("kind of document"),
        max_length=20,
        choices=DocumentKind,
        default=DocumentKind.INSTRUCTION,
    )
    withdrawn_on = models.DateField(
        _("taken out of force on"), null=True, blank=True, editable=False
    )

    is_withdrawn = State(~Q(withdrawn_on=None))

    objects = StaffDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document for the staff")
        verbose_name_plural = _("documents for the staff")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=DocumentKind.PRIVACY_NOTICE, withdrawn_on=None),
                name="staff_document_one_privacy_notice",
                violation_error_message=_(
                    "There is a privacy notice for the staff already: write a new version of it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"O{self.pk:03d}" if self.pk else ""


class DocumentVersionQuerySet(  # type: ignore[override]
    FixingQuerySet["DocumentVersion"], VersionedQuerySet["DocumentVersion"]
):
    def published(self) -> "DocumentVersionQuerySet":
        return self.filter(DocumentVersion.is_published.condition)

    def draft(self) -> "DocumentVersionQuerySet":
        return self.filter(DocumentVersion.is_draft.condition)

    def in_force(self) -> "DocumentVersionQuerySet":
        """The newest published version of each document that is not withdrawn."""
        later = DocumentVersion.objects.published().filter(
            document=OuterRef("document"), number__gt=OuterRef("number")
        )
        return self.published().filter(~Exists(later), document__withdrawn_on=None)


class DocumentVersion(Fixing, Versioned):
    """A version of a document: a draft until it is published, and fixed from then on."""

    document = models.ForeignKey(
        StaffDocument,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("document"),
        editable=False,
    )
    number = models.PositiveIntegerField(_("number of the version"), editable=False)
    title = LineField(_("title"), max_length=200)
    text = LinesField(_("text of the document"), max_length=20_000)  # characters: eight pages
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)

    is_published = State(~Q(published_on=None))
    is_draft = ~is_published
    fixed_when = dict.fromkeys(("document", "number", "title", "text", "published_on"), PUBLISHED)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="staff_document_version_once"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(published_on=None),
                name="staff_document_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"O{self.document_id:03d}/{self.number}" if self.document_id else ""


class AcknowledgementQuerySet(  # type: ignore[override]
    FixingQuerySet["Acknowledgement"], VersionedQuerySet["Acknowledgement"]
):
    def given(self) -> "AcknowledgementQuerySet":
        return self.filter(Acknowledgement.is_given.condition)


class Acknowledgement(Fixing, Versioned):
    """That a person opened a version, and said that they read it and follow it.

    Who has no log-in says so on paper. The day of a paper can be corrected, that of a click not.
    """

    document_version = models.ForeignKey(
        DocumentVersion,
        on_delete=models.PROTECT,
        related_name="acknowledgements",
        verbose_name=_("version of a document"),
        editable=False,
    )
    member = models.ForeignKey(
        "register.StaffMember",
        on_delete=models.CASCADE,
        related_name="acknowledgements",
        verbose_name=_("staff member"),
        editable=False,
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True, editable=False)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    on_paper = models.BooleanField(_("on paper"), default=False, editable=False)

    is_given = State(~Q(acknowledged_on=None))
    fixed_when = dict.fromkeys(
        ("document_version", "member", "opened_on", "acknowledged_on", "on_paper"), SAID_ON_SCREEN
    )

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["document_version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_version", "member"], name="staff_acknowledgement_once"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None) | Q(on_paper=True) | ~Q(opened_on=None),
                name="staff_acknowledged_what_was_opened",
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False) | ~Q(acknowledged_on=None),
                name="staff_acknowledged_on_paper_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}" if self.pk else ""

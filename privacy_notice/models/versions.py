"""What was published, as it was: text, facts and their rendering on that day (C01, C39)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from privacy_notice import slots
from privacy_notice.dpv.twin import twin, with_contact
from register.db.fixed import Fixing, FixingQuerySet
from register.reference import clock
from register.text.model_fields import LinesField


class PublishedContact(models.Model):
    """The contact person whom published versions name (C53).

    Apart from the text, so that who is contact person no longer is in no version (see `slots`).
    """

    contact_name = models.CharField(_("contact person's name"), max_length=200, editable=False)
    contact_phone = models.CharField(_("contact person's phone number"), max_length=40)
    contact_email = models.CharField(_("contact person's e-mail address"), max_length=254)

    class Meta:
        verbose_name = _("published contact person")
        verbose_name_plural = _("published contact persons")
        constraints = [
            models.UniqueConstraint(fields=list(slots.NAMES), name="published_contact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def values(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in slots.NAMES}


class NoticeVersionQuerySet(FixingQuerySet["NoticeVersion"]):
    def of(self, page: models.Model) -> Self:
        return self.filter(page=page.pk)

    def current(self, page: models.Model) -> "NoticeVersion | None":
        """Return the version that the public reads, or None while nothing was published."""
        return self.of(page).select_related("contact").order_by("-number").first()


class NoticeVersion(Fixing):
    """One published version of a notice. None is ever changed or deleted: that raises Fixed.

    Its page may be thrown away, and its contact person forgotten.

    `text` is what the editors wrote, `facts` what the facts blocks said (`rendering.facts_of`,
    without the contact person), `content` the HTML of both, and `twin` both for machines.
    """

    page = models.ForeignKey(
        "privacy_notice.PrivacyNoticePage",
        on_delete=models.SET_NULL,  # what was published stays, whatever becomes of its page
        null=True,
        related_name="versions",
        verbose_name=_("privacy notice"),
        editable=False,
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    language = models.CharField(_("language"), max_length=20, editable=False)
    text = models.JSONField(_("text"), editable=False)
    facts = models.JSONField(_("facts"), editable=False)
    content = models.TextField(_("content"), editable=False)
    twin = models.JSONField(_("machine-readable twin"), default=dict, editable=False)
    contact = models.ForeignKey(
        PublishedContact,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("contact person"),
        editable=False,
    )
    published_at = models.DateTimeField(_("published at"), editable=False)
    reason = LinesField(_("reason for the change"), blank=True, editable=False)

    fixed_when = dict.fromkeys(
        (
            *("page", "number", "language", "text", "facts", "content", "twin"),
            *("contact", "published_at", "reason"),
        ),
        Q(),
    )
    may_be_emptied = ("page", "contact")

    objects = NoticeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the privacy notice")
        verbose_name_plural = _("versions of the privacy notice")
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="notice_version_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def shown(self, *, on: date | None = None) -> SafeString:
        """Return the HTML of the content, a former contact person masked, the years filled in.

        Args:
            on: the day on which it speaks, where that is not the day of whoever reads it.
        """
        contact = self.contact.values() if self.contact else None
        with translation.override(self.language):
            return slots.fill(self.content, contact, day=on or self._read_on())

    def told(self) -> dict[str, Any]:
        """Return the facts of its day, the contact person included while there is one."""
        contact = self.contact.values() if self.contact else {}
        return {**self.facts, "controller": {**self.facts["controller"], **contact}}

    def for_machines(self) -> dict[str, Any]:
        """Return the twin as JSON-LD, a former contact person left out."""
        # What was published before there were twins has text and facts to make it of.
        frozen = self.twin or twin(self.facts, self.text, language=self.language)
        return {
            **with_contact(frozen, self.contact.values() if self.contact else None),
            "owl:versionInfo": f"{self.number}",
            "dct:issued": {"@type": "xsd:dateTime", "@value": self.published_at.isoformat()},
        }

    def _read_on(self) -> date:
        """Return the day on which it speaks: today while it is in force, else that of its own."""
        later = NoticeVersion.objects.filter(page=self.page_id, number__gt=self.number)
        in_force = self.page_id is not None and not later.exists()
        return clock.today() if in_force else clock.local(self.published_at).date()


class NoticePdf(models.Model):
    """The version in force as a PDF. There is none of a former one, with its contact person."""

    version = models.OneToOneField(
        NoticeVersion,
        on_delete=models.CASCADE,
        related_name="pdf",
        verbose_name=_("version"),
        editable=False,
    )
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("PDF of the privacy notice")
        verbose_name_plural = _("PDFs of the privacy notice")

    def __str__(self) -> str:
        return f"{self.pk}"

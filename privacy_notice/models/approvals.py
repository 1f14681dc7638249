"""Who approved what and why, what was withdrawn, and of what somebody was told (C01, C39)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy_notice.models.versions import NoticeVersion
from register.db.fixed import Fixing, FixingQuerySet
from register.text.model_fields import LinesField
from register.text.validators import validate_says_something


class Approval(Fixing):
    """A person's word that a draft may be published. It lets that person publish that one draft.

    `facts` is the fingerprint of the facts that the person saw: published later, it is with the
    same. `promises` gives the state and the reason for each promise that the text states and that
    was not kept, by its clause. `restores` is the version whose text and facts are put back.
    """

    page = models.ForeignKey(
        "privacy_notice.PrivacyNoticePage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="approvals",
        verbose_name=_("privacy notice"),
        editable=False,
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("draft"),
        editable=False,
    )
    notice_version = models.OneToOneField(
        NoticeVersion,
        on_delete=models.SET_NULL,
        null=True,
        related_name="approval",
        verbose_name=_("version"),
        editable=False,
    )
    restores = models.ForeignKey(
        NoticeVersion,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("version that is put back"),
        editable=False,
    )
    approved_on = models.DateField(_("approved on"), editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
        editable=False,
    )
    reason = LinesField(_("reason for the change"), validators=[validate_says_something])
    material = models.BooleanField(_("material change"), default=False)
    facts = models.CharField(_("fingerprint of the facts"), max_length=64, editable=False)
    promises = models.JSONField(_("promises not kept"), default=dict, editable=False)

    fixed_when = {
        **dict.fromkeys(
            (
                *("page", "revision", "restores", "approved_on", "approved_by"),
                *("reason", "material", "facts", "promises"),
            ),
            Q(),
        ),
        "notice_version": Q(notice_version__isnull=False),
    }
    may_be_emptied = ("page", "revision", "restores", "approved_by")

    objects = FixingQuerySet["Approval"].as_manager()

    class Meta:
        verbose_name = _("approval of a version")
        verbose_name_plural = _("approvals of versions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Withdrawal(Fixing):
    """A version that was published by mistake: its reason stands in its place (C01).

    Who withdrew it stands in the page's own history.
    """

    notice_version = models.OneToOneField(
        NoticeVersion,
        on_delete=models.CASCADE,
        related_name="withdrawal",
        verbose_name=_("version"),
        editable=False,
    )
    reason = LinesField(_("reason for the withdrawal"), validators=[validate_says_something])
    withdrawn_on = models.DateField(_("withdrawn on"), editable=False)

    fixed_when = dict.fromkeys(("notice_version", "reason", "withdrawn_on"), Q())

    objects = FixingQuerySet["Withdrawal"].as_manager()

    class Meta:
        verbose_name = _("withdrawal of a version")
        verbose_name_plural = _("withdrawals of versions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class About(models.TextChoices):
    """Of what editors and approvers are told by e-mail, once each."""

    FACTS = "facts", _("facts have changed")
    REVIEW = "review", _("the yearly review is due")


class ToldOf(models.Model):
    """What editors and approvers were last told of a notice: nobody is told the same twice."""

    page = models.ForeignKey(
        "privacy_notice.PrivacyNoticePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("privacy notice"),
        editable=False,
    )
    about = models.CharField(_("about"), max_length=10, choices=About, editable=False)
    mark = models.CharField(_("fingerprint of what was told"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("told about a notice")
        verbose_name_plural = _("told about notices")
        constraints = [
            models.UniqueConstraint(fields=["page", "about"], name="told_of_a_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


def approval_of(revision: Any, **wanted: Any) -> Approval | None:
    """Return the last approval of the draft, with these values; None for none."""
    if revision is None:
        return None
    return Approval.objects.filter(revision_id=revision.pk, **wanted).order_by("-pk").first()

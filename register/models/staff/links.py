"""One-time links, by which an account's owner sets the password (C35, C36)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.db.states import MomentState, State

from .members import StaffMember


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    def open(self, now: object) -> "OneTimeLinkQuerySet":
        """Links that still open something."""
        return self.filter(OneTimeLink.is_open.on(now))  # type: ignore[arg-type]


class OneTimeLink(models.Model):
    """A link to the page where the owner of an account sets the password.

    Of its secret only a hash is kept: whoever reads the database gets in by none of them.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="links", verbose_name=_("staff member")
    )
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    by_mail = models.BooleanField(_("sent by e-mail"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced by a newer one at"), null=True, blank=True)

    is_used = State(~Q(used_at=None))
    is_replaced = State(~Q(replaced_at=None))
    is_expired = MomentState(lambda now: Q(expires_at__lte=now))
    is_open = MomentState(lambda now: Q(used_at=None, replaced_at=None, expires_at__gt=now))

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")

    def __str__(self) -> str:
        return f"{self.pk}"

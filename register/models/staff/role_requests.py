"""Other roles that a main user wants for the own account, until somebody else decides (C35)."""

from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet

from .members import StaffMember


class Decision(TextChoices):
    """What became of a request."""

    WAITING = "waiting", _("Waits for the data protection contact")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    OUTDATED = "outdated", _("Out of date: the roles were changed, or asked for anew")


class RoleRequestQuerySet(VersionedQuerySet["RoleRequest"]):
    def waiting(self) -> "RoleRequestQuerySet":
        """Requests that nobody has decided yet."""
        return self.filter(RoleRequest.is_waiting.condition)


class RoleRequest(Versioned):
    """Roles of the own account, asked for by the only main user who can log in."""

    member = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        editable=False,
        related_name="role_requests",
        verbose_name=_("main user"),
    )
    roles_before = models.JSONField(_("roles before"), default=list, blank=True, editable=False)
    roles = models.JSONField(_("roles"), default=list, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    decision = models.CharField(
        _("state"), max_length=10, choices=Decision, default=Decision.WAITING
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        StaffMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    is_waiting = State(Q(decision=Decision.WAITING))

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for roles")
        verbose_name_plural = _("requests for roles")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(decision=Decision.WAITING),
                name="one_waiting_request_for_roles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

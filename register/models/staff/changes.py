"""What changed of somebody's access, until the data protection contact has seen it (C33, C35)."""

from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet

from .members import StaffMember


class ChangeKind(TextChoices):
    """What was changed."""

    ROLES = "roles", _("Roles")
    LINK = "link", _("Link for a new password")
    SECOND_FACTOR = "second_factor", _("Second factor reset")
    ASSIGNMENT = "assignment", _("Client assigned to a main user")
    ADDRESS = "address", _("E-mail address")


class AccessChangeQuerySet(VersionedQuerySet["AccessChange"]):
    def unseen(self) -> "AccessChangeQuerySet":
        """Changes that no data protection contact has looked at."""
        return self.filter(AccessChange.is_unseen.condition)


class AccessChange(Versioned):
    """A change by which somebody could misuse the register, on the contact's list until seen.

    Attributes:
        actor: who did it; None for a command on the server, and once that account is erased.
        client: the key of the client who was assigned; it leads nowhere once that one is erased.
    """

    kind = models.CharField(_("what"), max_length=15, choices=ChangeKind, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        StaffMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    on_server = models.BooleanField(_("on the server"), default=False, editable=False)
    member = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        editable=False,
        related_name="access_changes",
        verbose_name=_("whose access"),
    )
    roles_before = models.JSONField(_("roles before"), default=list, blank=True, editable=False)
    roles = models.JSONField(_("roles"), default=list, blank=True, editable=False)
    client = models.UUIDField(_("client"), null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        StaffMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seen by"),
    )

    is_unseen = State(Q(seen_at=None))

    objects = AccessChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to be seen")
        verbose_name_plural = _("changes to be seen")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], condition=Q(seen_at=None), name="access_change_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

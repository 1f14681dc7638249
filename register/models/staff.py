"""Staff members: what the gate asks of a person, beside the roles (C30, C31, C34)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.conf import register_settings
from register.enums import Role


class StaffMember(models.Model):
    """A person who works with the register, one-to-one with a user. Roles are groups."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="staff_member",
        verbose_name=_("user"),
    )
    agreement_signed_on = models.DateField(
        _("confidentiality agreement signed on"), null=True, blank=True
    )
    trained_on = models.DateField(_("data protection training on"), null=True, blank=True)
    training_valid_until = models.DateField(_("training valid until"), null=True, blank=True)
    suspended_from = models.DateField(_("login removed from"), null=True, blank=True)
    suspended_until = models.DateField(_("login removed until"), null=True, blank=True)
    closed_on = models.DateField(_("account closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(suspended_until=None)
                | Q(suspended_until__gte=models.F("suspended_from")),
                name="staff_suspension_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(training_valid_until=None)
                | Q(training_valid_until__gte=models.F("trained_on")),
                name="staff_training_valid_after_training",
                violation_error_message=_("The training can't expire before it was held."),
            ),
        ]

    def __str__(self) -> str:
        return f"H{self.pk:04d}" if self.pk else ""

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    @property
    def roles(self) -> frozenset[Role]:
        names = {group.name for group in self.user.groups.all()}
        return frozenset(role for role in Role if role.value in names)

    def is_suspended(self, today: date) -> bool:
        """Whether the login is removed on the day: for a time (both ends included) or for good."""
        if self.closed_on and self.closed_on <= today:
            return True
        if self.suspended_from is None or today < self.suspended_from:
            return False
        return self.suspended_until is None or today <= self.suspended_until

    def has_agreement(self, today: date) -> bool:
        return self.agreement_signed_on is not None and self.agreement_signed_on <= today

    def is_trained(self, today: date) -> bool:
        """Whether the training is valid on the day, grace period included."""
        if self.trained_on is None or self.trained_on > today or self.training_valid_until is None:
            return False
        return today <= self.training_valid_until + register_settings.TRAINING_GRACE

    def training_expired(self, today: date) -> bool:
        """Whether the person must be warned: the training ran out, though grace may remain."""
        return self.training_valid_until is not None and self.training_valid_until < today

"""Staff members: what the gate asks of a person, beside the roles (C30, C31, C34)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from register.db.keys import Keyed, LoginKey, SearchKey, SortKey
from register.db.states import DayState
from register.db.versioned import Versioned, VersionedQuerySet
from register.models.staff.trainings import Training, expired, trained, unexpired
from register.text.folding import for_search
from register.text.login_names import login_key
from register.text.person_names import person_key


class Role(TextChoices):
    """What a staff member may do (C33). Roles combine: in a firm of five one person has several."""

    COUNSELLOR = "counsellor", _("Counsellor")
    BILLING = "billing", _("Billing")
    MAIN_USER = "main_user", _("Main user")
    DATA_PROTECTION = "data_protection", _("Data protection contact")
    EDITOR = "editor", _("Editor")


def named(user: Any) -> str:
    """Return a user's name beside the user name, which alone is one person's and stays so."""
    name, login = user.get_full_name(), user.get_username()
    return f"{name} ({login})" if name else login


def staff_search_key(member: Any) -> str:
    """Return what a member is found by; nothing before there is a user."""
    if member.user_id is None:
        return ""
    user = member.user
    return for_search(f"{user.first_name} {user.last_name} {user.username}")


def staff_sort_key(member: Any) -> str:
    """Return what a member is ordered by: surname and first name, or else the user name."""
    if member.user_id is None:
        return ""
    user = member.user
    names = [each for each in (user.last_name, user.first_name) if each]
    return person_key(", ".join(names) or user.username)


def staff_login_key(member: Any) -> str:
    """Return what the member's user name is compared by."""
    return login_key(member.user.username) if member.user_id is not None else ""


class StaffMemberQuerySet(VersionedQuerySet["StaffMember"]):
    def open(self, today: date) -> "StaffMemberQuerySet":
        """Accounts that are not closed for good, suspended ones included (C34)."""
        return self.filter(StaffMember.is_open.on(today))

    def able_to_log_in(self, today: date) -> "StaffMemberQuerySet":
        """Accounts that are there and not suspended, with papers on file or without (C34)."""
        return self.exclude(StaffMember.is_suspended.on(today)).filter(user__is_active=True)

    def in_good_standing(self, today: date) -> "StaffMemberQuerySet":
        """Accounts to which the register opens: there, with agreement and training (C29–C31)."""
        rows = self.able_to_log_in(today).filter(StaffMember.has_agreement.on(today))
        return rows.filter(StaffMember.is_trained.on(today))

    def holding(self, *roles: Role) -> "StaffMemberQuerySet":
        """Members with one of the roles, each once (C33)."""
        groups = Group.objects.filter(user=OuterRef("user"), name__in=roles)
        return self.filter(Exists(groups))


class StaffMember(Keyed, Versioned):
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
    law_trained_on = models.DateField(_("training in the law on"), null=True, blank=True)
    law_valid_until = models.DateField(_("training in the law valid until"), null=True, blank=True)
    practices_trained_on = models.DateField(
        _("training in the internal practices on"), null=True, blank=True
    )
    practices_valid_until = models.DateField(
        _("training in the internal practices valid until"), null=True, blank=True
    )
    suspended_from = models.DateField(_("login removed from"), null=True, blank=True)
    suspended_until = models.DateField(_("login removed until"), null=True, blank=True)
    # The next such time, known while one runs.
    next_suspended_from = models.DateField(_("login removed again from"), null=True, blank=True)
    next_suspended_until = models.DateField(_("login removed again until"), null=True, blank=True)
    closed_on = models.DateField(_("account closed on"), null=True, blank=True)
    # Of the user's name, which is in another table: whoever changes that saves this row as well.
    search_key = SearchKey(lambda member: staff_search_key(member))
    sort_key = SortKey(lambda member: staff_sort_key(member))
    login_key = LoginKey(lambda member: staff_login_key(member))

    is_closed = DayState(lambda today: Q(closed_on__lte=today))
    is_open = ~is_closed
    # The login is removed: for a time, both ends included, or for good.
    is_suspended = DayState(
        lambda today: (
            StaffMember.is_closed.on(today)
            | (Q(suspended_from__lte=today) & ~Q(suspended_until__lt=today))
            | (Q(next_suspended_from__lte=today) & ~Q(next_suspended_until__lt=today))
        )
    )
    has_agreement = DayState(lambda today: Q(agreement_signed_on__lte=today))
    # What the gate asks. Whether the trainings are still valid is another question.
    is_trained = DayState(trained)
    training_expired = DayState(expired)
    has_valid_training = DayState(lambda today: trained(today) & unexpired(today))

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["login_key"],
                name="staff_one_account_a_login_name",
                violation_error_message=_("This user name is taken."),
            ),
            models.CheckConstraint(
                condition=Q(suspended_until=None)
                | Q(suspended_until__gte=models.F("suspended_from")),
                name="staff_suspension_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(next_suspended_until=None)
                | Q(next_suspended_until__gte=models.F("next_suspended_from")),
                name="staff_next_suspension_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(next_suspended_from=None)
                | Q(next_suspended_from__gt=models.F("suspended_until")),
                name="staff_next_suspension_after_the_first",
                violation_error_message=_(
                    "The login can be removed again only after the day on which it returns."
                ),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{training.valid_until: None})
                    | Q(**{f"{training.valid_until}__gte": models.F(training.held_on)}),
                    name=f"staff_{training.value}_valid_after_training",
                    violation_error_message=_("The training can't expire before it was held."),
                )
                for training in Training
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

"""The two trainings of the staff: the law, and our own ways of working (C31)."""

from datetime import date

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from register.conf import NEVER, register_settings


class Training(TextChoices):
    """What a training was about. A member's columns begin with the value: `law_trained_on`."""

    LAW = "law", _("Data protection law")
    PRACTICES = "practices", _("Internal practices")

    @property
    def held_on(self) -> str:
        return f"{self.value}_trained_on"

    @property
    def valid_until(self) -> str:
        return f"{self.value}_valid_until"


TRAINING_DATES = tuple(
    name for training in Training for name in (training.held_on, training.valid_until)
)


def trained(today: date) -> Q:
    """The condition that both trainings were held, and that neither locks the register (C31).

    One that was never held, or of which nobody has said how long it is valid, locks it always;
    one that ran out only where the owner wants it so.
    """
    condition = Q()
    for training in Training:
        condition &= Q(**{f"{training.held_on}__lte": today})
        condition &= ~Q(**{training.valid_until: None})
    lock_after = register_settings.EXPIRED_TRAINING_LOCKS_AFTER
    return condition if lock_after == NEVER else condition & unexpired(today - lock_after)


def unexpired(day: date) -> Q:
    """The condition that both trainings are valid on the day or longer."""
    condition = Q()
    for training in Training:
        condition &= Q(**{f"{training.valid_until}__gte": day})
    return condition


def expired(today: date) -> Q:
    """The condition that one of the trainings ran out."""
    condition = Q()
    for training in Training:
        condition |= Q(**{f"{training.valid_until}__lt": today})
    return condition


class TrainingWarning(models.Model):
    """That somebody was warned of the end of a training, so that nobody is warned twice (C31).

    It is known by the day of the end: a training that was renewed has another one.
    """

    member = models.ForeignKey(
        "register.StaffMember",
        on_delete=models.CASCADE,
        related_name="training_warnings",
        verbose_name=_("staff member"),
    )
    training = models.CharField(_("training"), max_length=20, choices=Training)
    valid_until = models.DateField(_("valid until"))
    days = models.PositiveSmallIntegerField(_("days before the end"))
    told_at = models.DateTimeField(_("the person was told at"), null=True, blank=True)
    main_users_told_at = models.DateTimeField(
        _("the main users were told at"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("warning of the end of a training")
        verbose_name_plural = _("warnings of the end of a training")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "training", "valid_until", "days"],
                name="staff_warned_once_of_a_training",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}" if self.pk else ""

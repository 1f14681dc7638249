"""When the staff were heard about how their use of the register is watched (Act 759/2004)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.db.states import DayState
from register.db.versioned import Versioned, VersionedQuerySet


class StaffHearing(Versioned):
    """The staff were heard about the log of use and its weekly summary; nobody is named in it."""

    held_on = models.DateField(
        _("heard on"),
        unique=True,
        help_text=_(
            "The day on which the staff were heard about the log of use and its weekly summary: "
            "what is logged, why, who reads it, and that it is no means of measuring work."
        ),
        error_messages={"unique": _("This day is on file.")},
    )

    is_held = DayState(lambda today: Q(held_on__lte=today))

    objects = VersionedQuerySet.as_manager()

    class Meta:
        verbose_name = _("hearing of the staff")
        verbose_name_plural = _("hearings of the staff")
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.held_on:%d.%m.%Y}" if self.held_on else ""

"""The list of the staff by their trainings (C31)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from register.domain.staff import expiring
from register.reference.clock import today
from register.wagtail_admin.base.filters import Filter

ENDING = "ending"


def whose_training_ends(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    endings = expiring.of_everybody(today=today())
    return rows.filter(pk__in={ending.member.pk for ending in endings})


ENDING_TRAININGS = Filter(
    parameter="koulutus",
    label=_("Training"),
    choices=((ENDING, _("Ends soon or has run out")),),
    apply=whose_training_ends,
)

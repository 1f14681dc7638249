"""What was found of each promise on each day, and who has confirmed what no software sees."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy_notice.models.states import State


class PromiseResult(models.Model):
    """What the last look of a day found of one promise. Counts and days, nothing of anybody.

    `evidence` is a sentence in each language of the admin, by its code. `told` is the state of
    which people were told by e-mail on that day; a later look may have found another one.
    """

    day = models.DateField(_("day"))
    clause = models.CharField(_("promise"), max_length=3)
    state = models.CharField(_("state"), max_length=10, choices=State)
    evidence = models.JSONField(_("evidence"), default=dict)
    checked_at = models.DateTimeField(_("checked at"))
    told = models.CharField(_("told"), max_length=10, choices=State, blank=True)

    class Meta:
        verbose_name = _("result of a promise")
        verbose_name_plural = _("results of promises")
        ordering = ["-day", "clause"]
        constraints = [
            models.UniqueConstraint(fields=["day", "clause"], name="promise_one_result_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class SignOff(models.Model):
    """A person's word that what no software sees is so: locks, alarms, a firewall.

    They are numbered within a promise, so that of two people who confirm at the same moment the
    second is told. None is ever changed.
    """

    clause = models.CharField(_("promise"), max_length=3, editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    confirmed_on = models.DateField(_("confirmed on"), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        editable=False,
    )

    class Meta:
        verbose_name = _("confirmation by hand")
        verbose_name_plural = _("confirmations by hand")
        ordering = ["clause", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="sign_off_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

"""How often a log-in failed of late (C36)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LogInAttempts(models.Model):
    """How often a log-in failed of late, by account and by address (C36).

    The key is a keyed hash: neither what was typed nor whence it came can be read from it.
    """

    key = models.CharField(_("key"), max_length=64, unique=True)
    count = models.PositiveIntegerField(_("failed attempts"), default=0)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("log-in attempts")
        verbose_name_plural = _("log-in attempts")

    def __str__(self) -> str:
        return f"{self.count} / {self.since:%Y-%m-%d %H:%M:%S}"


class FailedLogIns(models.Model):
    """How often a log-in to an account failed since the log of use was last told of it (C38).

    However many there are, the log gets one entry an account and a quarter of an hour. `account`
    is the key of the user, or 0 for names that nobody has: what was typed is not kept.
    """

    UNKNOWN = 0

    account = models.PositiveBigIntegerField(_("key of the account"), unique=True)
    count = models.PositiveIntegerField(_("failed attempts"), default=0)
    since = models.DateTimeField(_("since"))
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("failed log-ins")
        verbose_name_plural = _("failed log-ins")

    def __str__(self) -> str:
        return f"{self.count} / {self.since:%Y-%m-%d %H:%M:%S}"

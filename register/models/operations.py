"""What running the register needs: the worker's sign of life, keys, and results of searches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """One row: when the worker last ran a task, and the last day that the clock is trusted with.

    `trusted_on` goes ahead with the days, but not with a clock that jumped. `disregarded_until`
    is the newest moment in the log that a person has said not to mind, after such a jump. `counter`
    has a twin outside the database, by which a restored one is recognised.
    `remainder_told_on` is when an e-mail last told what January had left. `log_verified_at` is
    when the log of use was last gone through to its end, and `log_found` what was wrong with it.
    `log_told_on` is the Monday for which the weekly summary of the log was sent.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    beat_at = models.DateTimeField(_("last sign of life"))
    trusted_on = models.DateField(_("last trusted day"), null=True, blank=True)
    disregarded_until = models.DateTimeField(_("disregarded until"), null=True, blank=True)

    counter = models.PositiveBigIntegerField(_("heartbeats counted"), default=0)
    remainder_told_on = models.DateField(_("remainder told on"), null=True, blank=True)
    log_verified_at = models.DateTimeField(_("log of use verified at"), null=True, blank=True)
    log_found = models.CharField(
        _("found in the log of use"), max_length=60, blank=True, editable=False
    )
    log_told_on = models.DateField(_("log of use summed up on"), null=True, blank=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_heartbeat"),
        ]

    def __str__(self) -> str:
        return f"{self.beat_at:%Y-%m-%d %H:%M:%S}"


class EncryptionKey(models.Model):
    """A key that this database was written with, known by its fingerprint (C18).

    Keys themselves are in the settings only.
    """

    key_id = models.CharField(_("id"), max_length=30, unique=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    enrolled_on = models.DateField(_("enrolled on"))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    given_up_on = models.DateField(_("given up on"), null=True, blank=True)

    class Meta:
        verbose_name = _("encryption key")
        verbose_name_plural = _("encryption keys")

    def __str__(self) -> str:
        return self.key_id


class KeptResult(models.Model):
    """What a search found, for half an hour: keys of rows, never what was typed (C18, C38).

    Token and session are keyed hashes: whoever reads the database opens nothing with them, and
    the address of one session means nothing to another. `keys` is the JSON of the keys, or of a
    question that holds keys and dates only. So is the key of the row that a form has added, by
    which a second press of its button leads to the first row.
    """

    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    session_hash = models.CharField(_("hash of the session"), max_length=64, db_index=True)
    keys = models.JSONField(_("keys"), editable=False)
    made_at = models.DateTimeField(_("made at"), db_index=True)

    class Meta:
        verbose_name = _("kept result")
        verbose_name_plural = _("kept results")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M:%S}"

"""Feedback that clients send from the public page (C19)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.db.encryption import Encrypted
from register.reference.clock import today


class Feedback(models.Model):
    """One answered feedback form. Asks for no name, but free text may hold one: encrypted.

    `answers` is the JSON of a list of [question, answer] pairs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_on = models.DateField(_("received on"), default=today)
    answers_encrypted = models.TextField(_("answers"), editable=False)
    answers = Encrypted()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-received_on", "id"]
        indexes = [models.Index(fields=["received_on"], name="feedback_by_day")]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]

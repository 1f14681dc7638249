"""What the second factor of a log-in is made of, where that must stay secret (C36)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from register.db.encryption import Encrypted


class FactorSecret(models.Model):
    """The secret of an authenticator app, or the seed of recovery codes, encrypted (C36).

    The row of the factor itself, which is allauth's, holds this row's key in the secret's place,
    so that the rotation of encryption keys finds it as it finds every other text. A passkey has no
    secret here: its own stays in the device.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("user"),
        editable=False,
    )
    secret_encrypted = models.TextField(_("secret"), editable=False)
    secret = Encrypted(max_length=200)

    class Meta:
        verbose_name = _("secret of a second factor")
        verbose_name_plural = _("secrets of second factors")

    def __str__(self) -> str:
        return f"{self.pk}"[:8]

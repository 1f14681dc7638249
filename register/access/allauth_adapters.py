"""What allauth asks of the project: it logs in and checks factors, and does nothing else (C36).

No sign-up, no mail, no message of its own, and no second copy of anybody's address.
"""

import logging
from base64 import b32encode
from secrets import token_bytes
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.exceptions import CannotDecrypt, KeyUnavailable
from register.models.staff import FactorSecret

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are the main user's business (C35)."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the register's own screens do."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: what the owner is told, the verbs tell."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: what the owner is told, the verbs tell."""


class FactorAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted in a table of ours; allauth's row has the key of that row instead."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This is not right, or it was used already. Look at the newest code and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        raise TypeError("A secret is made by a verb of register.domain.staff.second_factor.")

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; where it can't be read, one that nobody's code will fit."""
        found = FactorSecret.objects.filter(pk=encrypted_text).first()
        try:
            if found is not None:
                return FactorSecret.secret.opened(found)
        except (CannotDecrypt, KeyUnavailable, ValidationError) as error:
            logger.error("The secret of a second factor can't be read (%s).", type(error).__name__)
        return b32encode(token_bytes(20)).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        name = self.get_totp_label(user)
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": name, "display_name": name}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return ""

"""What the owner of an account is told by mail: that it was changed, and nothing else."""

import logging
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from register.files.reasons import harmless

logger = logging.getLogger(__name__)


def tell_when_done(user: Any, what: Any) -> None:
    """Tell the owner of the account what was done, once the transaction has been.

    Args:
        what: a sentence that names nobody, translated when it is sent.
    """
    transaction.on_commit(partial(_tell, user.email, what))


def _tell(address: str, what: Any) -> None:
    if not address:
        return
    link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('register_factors')}"
    with override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            _("Client register: your log-in was changed"),
            "\n\n".join(
                [
                    str(what),
                    _("If you did not want this, tell the main user at once."),
                    link,
                ]
            )
            + "\n",
            to=[address],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.error("A mail to the staff could not be sent (%s).", harmless(error))

"""E-mails to the staff. One that can't be sent is told of in the server's log, and breaks nothing.

A mail is sent after its transaction: a slow mail server must not hold the database meanwhile.
"""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from register.files.reasons import harmless

logger = logging.getLogger(__name__)


def send(subject: str, text: str, *, to: Iterable[str]) -> bool:
    """Send a text to each address by itself; return whether there was one, and it was sent."""
    messages = [
        EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"})
        for address in to
        if address
    ]
    try:
        return bool(messages and get_connection().send_messages(messages))
    except (OSError, SMTPException) as error:
        logger.error("A mail to the staff could not be sent (%s).", harmless(error))
        return False


def with_link(text: str, path: str = "") -> str:
    """Return the text of a mail with a link below; without a path it leads to the first screen."""
    return f"{text}\n\n{own_address(path or reverse('wagtailadmin_home'))}\n"


def own_address(path: str) -> str:
    """Return the whole address of a page of the register, from the path."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"

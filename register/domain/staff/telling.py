"""What the owner of an account is told by mail: that it was changed, and nothing else."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from register.domain.staff.sending import send, with_link


def tell_when_done(user: Any, what: Any) -> None:
    """Tell the owner of the account what was done, once the transaction has been.

    Args:
        what: a sentence that names nobody, translated when it is sent.
    """
    transaction.on_commit(partial(_tell, user.email, what))


def _tell(address: str, what: Any) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("Client register: your log-in was changed")
        otherwise = _("If you did not want this, tell the main user at once.")
        text = with_link(f"{what}\n\n{otherwise}", reverse("register_factors"))
        send(subject, text, to=[address])

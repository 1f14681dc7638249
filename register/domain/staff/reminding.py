"""The e-mail that says how many changes of access wait to be seen, each morning until they are."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from register.domain.staff import changes, own_roles
from register.domain.staff.deputies import told
from register.domain.staff.sending import send, with_link
from register.models.staff import Role


def remind(*, today: date) -> int:
    """Mail to each who looks at changes how many wait for that person; return how many mails.

    Counts and a link, and nothing about anybody (C33, C35). One that can't be sent is tried again
    the next morning.
    """
    return sum(
        _remind(member.user, today=today)
        for member in told(Role.DATA_PROTECTION, today=today)
        if member.user.email
    )


def _remind(user: object, *, today: date) -> bool:
    asked = {"by": user, "today": today}
    told_of = {
        "changes": changes.count_unseen(**asked),  # type: ignore[arg-type]
        "requests": own_roles.count_waiting(**asked),  # type: ignore[arg-type]
    }
    if not any(told_of.values()):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "Changes of access that you have not seen: %(changes)d. Requests for roles that you "
            "decide about: %(requests)d. The first screen leads to them."
        )
        subject = _("Client register: changes of access wait for you")
        return send(subject, with_link(text % told_of), to=[user.email])  # type: ignore[attr-defined]

"""How strong a log-in is: tried as somebody would who should not come in (C36)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.promises.accounts import (
    guessing_is_stopped,
    is_the_one_door,
    opens_without_a_factor,
    passes,
    plain_secrets,
    weak_passwords,
)
from privacy_notice.promises.registry import Found, broken, kept
from register.access import second_factor
from register.models import StaffMember


def found(members: list[StaffMember]) -> Found:
    """Say what came of trying it on the accounts, of which there is one at least."""
    tried = weak_passwords(of=members[0])
    if taken := [each for each in tried if passes(each, members[0].user)]:
        return broken(
            ngettext_lazy(
                "%(count)d of the weak passwords that were tried would be taken.",
                "%(count)d of the weak passwords that were tried would be taken.",
                "count",
            ),
            count=len(taken),
        )
    if not guessing_is_stopped():
        return broken(_("Passwords can be guessed as often as one likes."))
    if not is_the_one_door():
        return broken(_("There is a log-in that asks for no second factor."))
    if not second_factor.is_required() or opens_without_a_factor(members[0].user):
        return broken(_("A password alone opens the register: no second factor is asked for."))
    if plain_secrets():
        return broken(_("A secret of a second factor is not stored encrypted."))
    return kept(
        _(
            "%(count)d weak passwords were tried, and all were refused. Accounts with a second "
            "factor: %(with)d of %(all)d; the others are led to set one up when they log in."
        ),
        **{
            "count": len(tried),
            "with": sum(second_factor.factors_of(member.user).exists() for member in members),
            "all": len(members),
        },
    )

"""Mails to the owner of an account about links for a new password."""

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.domain.staff.links import Given
from register.domain.staff.sending import send
from register.models import StaffMember
from register.reference.clock import local


def mail_link(given: Given) -> bool:
    """Mail a link to its owner, after its transaction; return whether it was sent."""
    user = given.link.member.user
    with translation.override(settings.LANGUAGE_CODE):
        until = local(given.link.expires_at)
        told = {
            "name": user.get_username(),
            "day": date_format(until, "SHORT_DATE_FORMAT"),
            "time": date_format(until, "TIME_FORMAT"),
        }
        text = "\n\n".join(
            [
                _(
                    "The main user has made a link for you, by which you set your password for the "
                    "client register. Your user name is %(name)s."
                )
                % told,
                given.address,
                _(
                    "It works once, until %(day)s at %(time)s. Pass it on to nobody. If it is too "
                    "late, ask the main user for a new one."
                )
                % told,
                _("You did not expect this? Tell the data protection contact."),
            ]
        )
        return send(_("Client register: set your password"), text, to=[user.email])


def tell_former_address(member: StaffMember, *, former: str) -> bool:
    """Tell the address that was an account's until now that another one took its place."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "The e-mail address of your account %(name)s in the client register was changed: links "
            "for a new password go elsewhere from now on. You did not expect this? Tell the data "
            "protection contact."
        ) % {"name": member.user.get_username()}
        return send(_("Client register: your e-mail address was changed"), text, to=[former])

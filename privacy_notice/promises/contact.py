"""The contact person (C53)."""

from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.facts_on_page import shown
from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, promise
from register.models import Controller


@promise("C53", _("One person to turn to is named"), seen_at=screen(Controller))
def reachable(look: Look) -> Found:
    """The person's name, address, telephone and e-mail stand in the notice."""
    return shown(
        look,
        "facts-contact-person",
        "contact_name",
        "contact_street_address",
        "contact_postal_code contact_city",
        "contact_phone",
        "contact_email",
    )

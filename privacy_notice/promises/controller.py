"""Who we are (C05–C08)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.facts_on_page import shown
from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, broken, promise
from register.models import Controller
from register.text.validators import validate_business_id

PART = "facts-controller"


@promise("C05", _("The controller is named"), seen_at=screen(Controller))
def named(look: Look) -> Found:
    return shown(look, PART, "name")


@promise("C06", _("The controller's own address is given"), seen_at=screen(Controller))
def addressed(look: Look) -> Found:
    """The company's address stands there, which is not the contact person's (O3)."""
    facts = look.controller
    if facts.street_address and facts.street_address == facts.contact_street_address:
        return broken(
            _("The controller and the contact person have the same street address in the settings.")
        )
    return shown(look, PART, "street_address", "postal_code city")


@promise("C07", _("The business ID is given, and is a right one"), seen_at=screen(Controller))
def identified(look: Look) -> Found:
    try:
        validate_business_id(look.controller.business_id)
    except ValidationError:
        return broken(_("The business ID in the settings is not a right one."))
    return shown(look, PART, "business_id")


@promise("C08", _("E-mail, phone and website are given"), seen_at=screen(Controller))
def reachable(look: Look) -> Found:
    return shown(look, PART, "email", "phone", "website")

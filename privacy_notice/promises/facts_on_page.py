"""Whether the notice shows the controller's facts as the settings have them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, broken, kept
from register.models import Controller


def shown(look: Look, inside: str, *names: str) -> Found:
    """Return whether each of the facts is given, and stands in the part of the page.

    Args:
        inside: the id of the element on the page.
        names: fields of the controller, or several that stand there together, as
            "postal_code city".
    """
    for name in names:
        facts = [str(getattr(look.controller, each)) for each in name.split()]
        if not all(facts):
            return broken(_("In the settings this is empty: %(what)s."), what=_called(name))
        if not look.notice.says(" ".join(facts), inside=inside):
            return broken(
                _("In the notice this is missing or different: %(what)s."), what=_called(name)
            )
    return kept(_("The notice shows what the settings say."))


def _called(name: str) -> Any:
    """Return what people call the first of the fields."""
    return getattr(Controller._meta.get_field(name.split()[0]), "verbose_name", name)

"""What the blocks of facts would say today, and how to tell that it is otherwise than it was."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from wagtail.models import Site

from privacy_notice import rendering
from register.models import Controller


def site_of(page: Any) -> Site:
    """Return the site under which the page is. Site.DoesNotExist while it is under none."""
    site: Site | None = page.get_site()
    if site is None:
        raise Site.DoesNotExist
    return site


def facts_today(page: Any) -> dict[str, Any]:
    """Return what the facts blocks of the page would say, were it published now."""
    controller = Controller.for_site(site_of(page))
    return rendering.facts_of(controller, language=page.locale.language_code)


def fingerprint(told: Mapping[str, Any]) -> str:
    """Return what tells these facts from others, and holds none of them."""
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

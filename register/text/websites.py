"""Addresses of websites, of which a bare host is kept."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils.translation import gettext_lazy as _

from register.text.normal_form import one_line


def bare_host(text: str) -> str:
    """Return the host of what was pasted: no scheme, user, port, path or query (C08).

    What has no host comes back in one line.
    """
    line = one_line(text)
    rest = re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//", "", line, flags=re.IGNORECASE)
    host = re.split(r"[/?#\\]", rest.strip(), maxsplit=1)[0].rpartition("@")[2]
    return re.sub(r":\d*$", "", host).strip().rstrip(".").lower() or line


def validate_host(value: str) -> None:
    """Refuse what is no host, as www.example.fi is one."""
    try:
        DomainNameValidator()(value)
    except ValidationError:
        raise ValidationError(
            _("This is not the address of a website (for example www.example.fi).")
        ) from None

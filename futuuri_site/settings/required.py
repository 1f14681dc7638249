"""Settings that have no safe default: collected, then refused together, each by its name."""

import base64
import binascii
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

PLACEHOLDERS = (
    "development-only",
    "test-only",
    "changeme",
    "change-me",
    "secret",
    "django-insecure",
)
# How a value must begin, so that a wrong one is refused by its name.
BEGINNINGS = {
    "DATABASE_URL": ("postgres://", "postgresql://", "sqlite:///"),
    "BASE_URL": ("https://",),
}


class Required:
    """Read required values from `environ`; `check` names every missing or unfit one at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[str] = []

    def __call__(self, name: str, what: str) -> str:
        """Return the value of `name`, or "" after noting what to put there."""
        value = self._environ.get(name, "").strip()
        if not value:
            self._problems.append(f"{name} is not set: {what}.")
        elif name == "SECRET_KEY" and (len(value) < 50 or value.startswith(PLACEHOLDERS)):
            self._problems.append(f"{name} is a default or too short: {what}.")
        elif name in BEGINNINGS and not value.startswith(BEGINNINGS[name]):
            self._problems.append(f"{name} does not fit: {what}.")
        return value

    def keys(self, name: str, what: str) -> dict[str, str]:
        """Return key id to base64 key, in the order given (the first one encrypts)."""
        keys: dict[str, str] = {}
        for pair in filter(None, self(name, what).split(",")):
            key_id, _, encoded = pair.strip().partition(":")
            try:
                fits = len(base64.b64decode(encoded, validate=True)) == 32
            except binascii.Error:
                fits = False
            if not key_id or not fits or key_id in ("dev", "test"):
                self._problems.append(f"{name} has an entry that does not fit: {what}.")
            keys[key_id] = encoded
        return keys

    def check(self) -> None:
        """Raise ImproperlyConfigured with one line for each problem; never with a value."""
        if self._problems:
            raise ImproperlyConfigured("\n".join(["", *self._problems]))

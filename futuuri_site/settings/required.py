"""Settings that have no safe default: collected, then refused together, each by its name."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from register.setting_values import are_keys, is_key, is_key_id

PLACEHOLDERS = (
    "development-only",
    "test-only",
    "changeme",
    "change-me",
    "secret",
    "django-insecure",
)


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
        return value

    def hosts(self, name: str, what: str) -> list[str]:
        """Return host names, which stand between commas."""
        return [host.strip() for host in self(name, what).split(",")]

    def database(self, name: str, what: str) -> str:
        """Return the address of a database, whose password can't be read in two ways."""
        return self._fitting(name, what, is_database_address)

    def address(self, name: str, what: str, *, hosts: Sequence[str]) -> str:
        """Return the site's address without a slash at its end."""
        return self._fitting(name, what, lambda value: is_site(value, hosts)).rstrip("/")

    def folder(self, name: str, what: str, *, outside: Path) -> Path:
        """Return an absolute path that is not in the program's own folder."""
        return Path(self._fitting(name, what, lambda value: is_folder(value, outside)))

    def _fitting(self, name: str, what: str, fits: Callable[[str], bool]) -> str:
        value = self(name, what)
        if value and not fits(value):
            self._problems.append(f"{name} does not fit: {what}.")
        return value

    def keys(self, name: str, what: str) -> dict[str, str]:
        """Return key id to base64 key, in the order given (the first one encrypts)."""
        keys: dict[str, str] = {}
        for pair in filter(None, self(name, what).split(",")):
            key_id, _, encoded = pair.strip().partition(":")
            if not is_key_id(key_id) or not is_key(encoded) or key_id in ("dev", "test"):
                self._problems.append(f"{name} has an entry that does not fit: {what}.")
            if key_id in keys:
                self._problems.append(f"{name} has two keys under one id: {what}.")
            keys[key_id] = encoded
        if keys and not are_keys(keys):
            self._problems.append(f"{name} has a key twice, or ids that look alike: {what}.")
        return keys

    def check(self) -> None:
        """Raise ImproperlyConfigured with one line for each problem; never with a value."""
        if self._problems:
            raise ImproperlyConfigured("\n".join(["", *self._problems]))


def is_database_address(value: str) -> bool:
    """Whether it names one database for certain.

    A password with # / ? or [ ends too early, and one with a bare % is decoded into another: the
    error would come from somewhere else, and quote a part of it.
    """
    try:
        parts = urlsplit(value)
        there = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if parts.scheme == "sqlite":
        return value.startswith("sqlite:///") and len(parts.path) > 1
    account = parts.netloc.rpartition("@")[0]
    return (
        there
        and parts.scheme in ("postgres", "postgresql")
        and value.count("@") == parts.netloc.count("@") <= 1
        and account.count(":") <= 1
        and not re.search(r"%(?![0-9A-Fa-f]{2})", parts.netloc)
        and bool(re.fullmatch(r"/[^/]+", parts.path))
        and not parts.fragment
    )


def is_site(value: str, hosts: Sequence[str]) -> bool:
    """Whether it is an encrypted address of one of the hosts, and no more than that."""
    try:
        parts = urlsplit(value)
        fits = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return (
        fits
        and parts.scheme == "https"
        and "@" not in parts.netloc
        and validate_host(str(parts.hostname), hosts)
        and parts.path in ("", "/")
        and not (parts.query or parts.fragment)
    )


def is_folder(value: str, outside: Path) -> bool:
    """Whether it is absolute, and neither in the other folder nor above it."""
    folder, other = Path(value).resolve(), outside.resolve()
    apart = not folder.is_relative_to(other) and not other.is_relative_to(folder)
    return value.startswith("/") and apart

"""A verb of the domain, as the tests of all of them see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from register.models.access_log import Action
from register.models.staff import Role

TODAY = date(2026, 11, 25)


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb, who may use it, and what it needs beside `by` and `today`.

    Attributes:
        about: makes what the verb is about, for the person who asks.
        as_well: another role that may use it.
        wanted: the other arguments, given that.
        action: what the log calls it.
        named: the object that the entry names, given what it was about and what it returned.
    """

    run: Callable[..., Any]
    role: Role
    as_well: Role | None = None
    about: Callable[[Any], Any] = lambda by: None
    wanted: Callable[[Any], dict[str, Any]] = lambda about: {}
    positional: bool = False
    action: Action = Action.CHANGE
    named: Callable[[Any, Any], Any] = lambda about, result: about

    def __call__(self, about, *, by):
        arguments = self.wanted(about)
        first = [arguments.pop("item")] if self.positional else []
        return self.run(*first, **arguments, by=by, today=TODAY)


RESULT: dict[str, Any] = {"named": lambda about, result: result}

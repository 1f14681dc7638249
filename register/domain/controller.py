"""The controller's published facts, which the editors keep (C03, C05–C08, C53)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from register.access.standing import User
from register.domain.access_log.changing import changing
from register.models import Controller


def change(
    controller: Controller,
    *,
    changes: Mapping[str, Any],
    seen: int | None,
    by: User,
    today: date,
) -> Controller:
    """Change the facts. Raises NotAllowed to anyone but an editor, Stale, Erased, ValidationError.

    Args:
        changes: new values by field name.
        seen: the row's version that the person saw; None when nobody saw one.
    """
    with changing(controller, by=by, today=today, seen=seen, view="controller") as change:
        change.set(**changes)
    return change.row

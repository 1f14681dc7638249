"""The notice's conventions as system checks: what is forgotten fails `manage.py check`."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from privacy_notice.dpv.terms import RIGHTS, without_term
from privacy_notice.statements import STATEMENTS


@register("privacy_notice")
def machines_have_a_word_for_everything(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the page can say of data, purposes, bases and recipients, its twin can (Art. 12)."""
    return [
        Error(
            f"{type(each).__name__}.{each.name} has no term of the Data Privacy Vocabulary.",
            hint="Give it one in privacy_notice/dpv/terms.py.",
            id="privacy_notice.E001",
        )
        for each in without_term()
    ]


@register("privacy_notice")
def rights_are_told_by_statements(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What machines read of rights follows from the kinds of statements that there are."""
    return [
        Error(
            f"No statement of the notice is of the kind {kind}, which tells of a right.",
            hint="Name the new kind in RIGHTS in privacy_notice/dpv/terms.py.",
            id="privacy_notice.E002",
        )
        for kind in RIGHTS
        if kind not in STATEMENTS
    ]

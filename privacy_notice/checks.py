"""The notice's conventions as system checks: what is forgotten fails `manage.py check`."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from privacy_notice.dpv.terms import without_term


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

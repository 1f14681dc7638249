"""Whether the page lists what the register holds today, whichever fact it is (C23).

A change that waits for approval is the ordinary state for hours: then the promise is not yet kept,
and it is broken once nothing waits, or for longer than `apart.IN_TIME`. Whoever edits and approves
gets a mail about the facts themselves (`watch.changed_facts`); so this is never a reason for the
nightly mail about promises, which would tell of the same thing twice.
"""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from privacy_notice.models.states import State
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found
from privacy_notice.promises.words import Words
from privacy_notice.versions import apart

CLAUSE = "C23"
OTHERWISE = _(
    "The page says otherwise than the register today, and no change of it was submitted in the "
    "last days: %(what)s."
)
WAITS = _(
    "The page says otherwise than the register today, and the change of it waits for approval: "
    "%(what)s."
)


def otherwise(look: Look) -> Found | None:
    """Return what is found where the notice differs from today's facts; None where it doesn't."""
    found = apart.look_at(look.page, now=look.now)
    if found is None:
        return None
    state, text = (State.NOT_YET, WAITS) if found.waits else (State.BROKEN, OTHERWISE)
    return Found(state, Words(text, what=found.sections))


def is_why(evidence: Mapping[str, str]) -> bool:
    """Whether the evidence, by language, is that the page differs from today's facts."""
    for language, told in evidence.items():
        with translation.override(language):
            if any(str(text).partition("%(")[0] in told for text in (OTHERWISE, WAITS)):
                return True
    return False

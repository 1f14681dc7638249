"""Looking at every promise, one by one: none that fails stops another."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from privacy_notice.models import PromiseResult, SignOff
from privacy_notice.models.states import State
from privacy_notice.promises.looking import Look, NoNotice, first_notice
from privacy_notice.promises.registry import (
    Check,
    Found,
    Promise,
    broken,
    kept,
    nothing_yet,
    promises,
)
from privacy_notice.promises.words import Words, in_each_language
from register.files.reasons import harmless
from register.reference.clock import a_year_after

logger = logging.getLogger(__name__)
ORDER = list(State)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it stands with a promise now, and by what one knows, in each language."""

    promise: Promise
    state: State
    evidence: dict[str, str]

    @property
    def told(self) -> str:
        """The evidence in the language that is on."""
        return in_this_language(self.evidence)


def in_this_language(evidence: dict[str, str]) -> str:
    """Return the one of the sentences that is in the language that is on, else any."""
    language = (get_language() or "").partition("-")[0]
    return evidence.get(language) or next(iter(evidence.values()), "")


def look_at_all(*, now: datetime) -> list[Outcome]:
    """Return how it stands with each promise, in the order of the notice."""
    look = Look(now=now)
    return [look_at(promise, look) for promise in promises().values()]


def look_at(promise: Promise, look: Look) -> Outcome:
    """Return how it stands with one promise.

    The worst of what was found decides: broken, then not yet. What is only confirmed by hand is
    never said to be kept.
    """
    parts = [found for found in (_seen(promise, look), _confirmed(promise, look)) if found]
    states = {found.state for found in parts}
    words = [found.words for found in parts]
    if promise.missing:
        states.add(State.NOT_YET)
        words.append(Words(_("Missing: %(what)s."), what=promise.missing))
    state = next(each for each in State if each in states)
    return Outcome(promise, state, in_each_language(words))


def record(outcomes: Iterable[Outcome], *, now: datetime, today: date) -> None:
    """Keep what was found, as the day's last word on each promise."""
    PromiseResult.objects.bulk_create(
        [
            PromiseResult(
                day=today,
                clause=outcome.promise.clause,
                state=outcome.state,
                evidence=outcome.evidence,
                checked_at=now,
            )
            for outcome in outcomes
        ],
        update_conflicts=True,
        unique_fields=["day", "clause"],
        update_fields=["state", "evidence", "checked_at"],
    )


def _seen(promise: Promise, look: Look) -> Found | None:
    """Return what the check found; one that fails is broken, for a reason that tells of nobody.

    What is found of the notice is the worst of what is found in each language.
    """
    if promise.check is None:
        return None
    look.asked = False
    found = _tried(promise.clause, promise.check, look)
    if look.asked and first_notice():
        for other in look.at_the_others:
            there = _tried(promise.clause, promise.check, other)
            if ORDER.index(there.state) < ORDER.index(found.state):
                words = Words(
                    _("In the notice in another language (%(language)s): %(what)s"),
                    language=other.language,
                    what=there.words,
                )
                found = Found(there.state, words)
    return found


def _tried(clause: str, check: Check, look: Look) -> Found:
    try:
        # Words of the page are compared with our own in its language.
        with translation.override(look.language):
            return check(look)
    except NoNotice:
        return nothing_yet(_("There is no notice yet."))
    except Exception as error:
        logger.error("The look at %s failed (%s).", clause, harmless(error))
        return broken(_("It could not be looked at (%(reason)s)."), reason=harmless(error))


def _confirmed(promise: Promise, look: Look) -> Found | None:
    """Return how it stands with what a person confirms: for twelve months, and not for ever."""
    if not promise.by_hand:
        return None
    last = SignOff.objects.filter(clause=promise.clause).order_by("-number").first()
    if last is None:
        return broken(_("Nobody has confirmed yet what no software sees."))
    if look.today > a_year_after(last.confirmed_on):
        return broken(
            _("What no software sees was last confirmed on %(day)s."), day=last.confirmed_on
        )
    found = kept(_("A person confirmed on %(day)s what no software sees."), day=last.confirmed_on)
    return Found(State.BY_HAND, found.words)

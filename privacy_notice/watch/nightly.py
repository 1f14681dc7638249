"""What the background work does of the promises each night."""

from datetime import datetime

from privacy_notice.models.states import State
from privacy_notice.versions import printing
from privacy_notice.watch import changed_facts, reviewing, telling, verifying
from register.reference import clock


def watch(*, now: datetime) -> dict[str, int]:
    """Look at every promise, keep what was found, and tell of what has changed.

    And make what could not be made when the notice was published. Returns counts: of the promises
    in each state, of the changes that were told, of the PDFs that were made, of the notices whose
    facts have changed, and of those whose yearly review is due.
    """
    today = clock.local(now).date()
    # First: what it submits is no broken promise.
    facts = changed_facts.look_at_all(today=today)
    outcomes = verifying.look_at_all(now=now)
    verifying.record(outcomes, now=now, today=today)
    told = telling.tell_of_changes(today=today)
    states = [outcome.state for outcome in outcomes]
    made = [printing.try_to_make(version) for version in printing.without_pdf()]
    return {state.value: states.count(state) for state in State} | {
        "told": told,
        "pdfs": made.count(True),
        "facts": facts,
        "reviews": reviewing.remind(today=today),
    }

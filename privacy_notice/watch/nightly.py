"""What the background work does of the promises each night."""

from datetime import datetime

from privacy_notice.models.states import State
from privacy_notice.watch import telling, verifying
from register.reference import clock


def watch(*, now: datetime) -> dict[str, int]:
    """Look at every promise, keep what was found, and tell of what has changed.

    Returns counts: of the promises in each state, and of the changes that were told.
    """
    today = clock.local(now).date()
    outcomes = verifying.look_at_all(now=now)
    verifying.record(outcomes, now=now, today=today)
    told = telling.tell_of_changes(today=today)
    states = [outcome.state for outcome in outcomes]
    return {state.value: states.count(state) for state in State} | {"told": told}

"""Who could see whom on a past day is answered later as on that day (C33)."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from register.access.gate import may_see
from register.domain.clients import assignments
from register.models import Assignment
from register.models.staff import Role
from tests.factories import ClientFactory, staff
from tests.register.domain.clients.test_assignments import ONE_DAY, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


# The oracle: days are numbers, periods are sets of days, and what was open is what was seen.
LAST = 40


@dataclass
class APeriod:
    who: int
    first: int
    last: int | None
    revoked: int | None = None

    def whole_days(self) -> set[int]:
        dated = range(self.first, LAST + 1 if self.last is None else self.last + 1)
        return {day for day in dated if self.revoked is None or day < self.revoked}

    def is_over(self, day: int) -> bool:
        return (self.last is not None and self.last < day) or self.revoked is not None

    def may_become(self, first: int, last: int | None, others: list, day: int) -> bool:
        new = APeriod(self.who, first, last)
        past, new_past = ({d for d in p.whole_days() if d < day} for p in (self, new))
        return (first, last) == (self.first, self.last) or (
            not self.is_over(day)
            and past == new_past
            and (day not in self.whole_days() or day in new.whole_days())
            and new.is_free(others)
        )

    def is_free(self, others: list) -> bool:
        backwards = self.last is not None and self.last < self.first
        return not backwards and all(
            self.whole_days().isdisjoint(other.whole_days())
            for other in others
            if other.who == self.who
        )


WHEN = st.tuples(st.integers(-2, 6), st.none() | st.integers(0, 6))
STEPS = st.one_of(
    st.tuples(st.just("assign"), st.integers(0, 1), WHEN),
    st.tuples(st.just("set"), st.integers(0, 5), WHEN),
    st.tuples(st.just("revoke"), st.integers(0, 5), st.none()),
    st.tuples(st.just("night"), st.none(), st.none()),
)


def at(day: int | None) -> date | None:
    return None if day is None else TODAY + day * ONE_DAY


@hypothesis_settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],  # shrinking with a database takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, max_size=14))
@example([("assign", 0, (0, None)), ("revoke", 0, None), ("assign", 0, (0, 2)), ("night", 0, None)])
@example([("assign", 0, (3, 3)), ("set", 0, (0, 1)), ("night", 0, None), ("set", 0, (-1, 0))])
def test_a_past_day_is_answered_later_as_it_was_on_that_day(main_user, steps):
    counsellors = [staff(Role.COUNSELLOR), staff(Role.COUNSELLOR)]
    client = ClientFactory()
    periods: list[tuple[Assignment, APeriod]] = []
    could: set[tuple[int, int]] = set()
    day = 0

    def look() -> None:
        for who, counsellor in enumerate(counsellors):
            seen = may_see(counsellor, client, today=at(day))
            assert seen is any(
                day in known.whole_days() for _, known in periods if known.who == who
            )
            if seen:
                could.add((who, day))
            current = Assignment.objects.current(at(day)).filter(user=counsellor)
            assert current.count() == seen

    def take(step: str, index: int, when: tuple) -> None:
        first, length = when or (0, None)
        first += day
        last = None if length is None else first + length
        today = {"by": main_user, "today": at(day)}
        dates = {"valid_from": at(first), "valid_until": at(last)}
        if step == "assign":
            new = APeriod(index, first, last)
            allowed = first >= day and new.is_free([known for _, known in periods])
            with answered(allowed), transaction.atomic():
                row = assignments.assign(client=client, user=counsellors[index], **dates, **today)
                periods.append((row, new))
        elif index < len(periods):
            row, known = periods[index]
            if step == "revoke":
                assignments.revoke(assignment=row, seen=None, **today)
                if not known.is_over(day):
                    known.revoked = day
                return
            others = [other for _, other in periods if other is not known]
            allowed = known.may_become(first, last, others, day)
            with answered(allowed), transaction.atomic():
                assignments.set_dates(assignment=row, seen=None, **dates, **today)
                known.first, known.last = first, last

    with transaction.atomic():
        look()
        for step, index, when in steps:
            if step == "night":
                day += 1
            else:
                take(step, index, when)
            look()
        for past in range(day + 1):
            answer = assignments.on(at(past), by=main_user, today=at(day), client=client)
            found = {counsellors.index(row.user) for row in answer}
            assert found == {who for who, seen_on in could if seen_on == past}
        transaction.set_rollback(True)


def answered(allowed: bool):
    return nullcontext() if allowed else pytest.raises(ValidationError)

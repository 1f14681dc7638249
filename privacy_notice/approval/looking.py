"""What the approver sees before approving: the draft, what differs, the promises it states."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from wagtail.models import Revision, TaskState

from privacy_notice.comparing import Section
from privacy_notice.guarding import current
from privacy_notice.guarding.form import lacking
from privacy_notice.guarding.whole import stated
from privacy_notice.models import Approval, NoticeApproval, NoticeVersion, PrivacyNoticePage
from privacy_notice.models.states import State
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import promises
from privacy_notice.versions import differing
from privacy_notice.watch import verifying
from privacy_notice.watch.verifying import Outcome
from register.domain.access_log import open_purposes

NOT_KEPT = (State.BROKEN, State.NOT_YET)


@dataclass(frozen=True, slots=True)
class Stated:
    """A promise that the text states; `reason` is what was said of it while it stood so."""

    outcome: Outcome
    reason: str

    @property
    def clause(self) -> str:
        return self.outcome.promise.clause

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for publishing it as it stands."""
        return self.outcome.state in NOT_KEPT

    @property
    def takes_the_same(self) -> bool:
        """Whether one reason may do for it and others. What is broken needs its own."""
        return self.outcome.state is State.NOT_YET


class Proposal:
    """The newest draft of a notice with today's facts, as it would be published now."""

    def __init__(self, page: PrivacyNoticePage, *, now: datetime) -> None:
        self.page, self.now = page, now
        self.revision: Revision = page.get_latest_revision()
        self.draft: Any = self.revision.as_object() if self.revision else page
        self.told = facts_today(page)
        self.current = NoticeVersion.objects.current(page)

    @property
    def facts(self) -> str:
        return fingerprint(self.told)

    @property
    def mark(self) -> str:
        """What tells this draft with these facts from any other."""
        return f"{self.revision.pk if self.revision else 0}-{self.facts}"

    @cached_property
    def waiting(self) -> TaskState | None:
        """The task that waits for an approver; None while the draft was not submitted."""
        tasks = NoticeApproval.objects.values("pk")
        states = TaskState.objects.for_instance(self.page).filter(task__in=tasks)
        found: TaskState | None = states.filter(status=TaskState.STATUS_IN_PROGRESS).last()
        return found

    @cached_property
    def tells_clients(self) -> bool:
        """Whether clients are told of what changes in it; of a translation they are not."""
        return current.tells_clients(self.page)

    @cached_property
    def new_purposes(self) -> list[str]:
        """The purposes of which no version has told yet, in words: present clients have to be."""
        return open_purposes.in_words(open_purposes.untold()) if self.tells_clients else []

    @cached_property
    def lacks(self) -> list[str]:
        return lacking(self.draft, self.draft.sections)

    @cached_property
    def by_facts(self) -> list[Section]:
        return differing.by_facts(self.page, self.told)

    @cached_property
    def by_text(self) -> list[Section]:
        return differing.by_text(self.page, self.draft, self.told)

    @cached_property
    def stated(self) -> list[Stated]:
        """The promises that the draft states, those that need a reason first."""
        clauses = stated(self.draft.sections.get_prep_value())
        look, before = Look(now=self.now), reasons_before(self.page)
        outcomes = [
            verifying.look_at(promise, look)
            for clause, promise in promises().items()
            if clause in clauses
        ]
        order = list(State)
        found = [
            Stated(each, before.get((each.promise.clause, each.state.value), ""))
            for each in outcomes
        ]
        return sorted(found, key=lambda each: order.index(each.outcome.state))

    @property
    def asking(self) -> list[Stated]:
        return [each for each in self.stated if each.asks]


def reasons_before(page: PrivacyNoticePage) -> dict[tuple[str, str], str]:
    """Return the reasons of the last approval, by clause and state: they hold until it changes."""
    last = Approval.objects.filter(page=page, restores=None).order_by("-pk").first()
    given: dict[str, dict[str, str]] = last.promises if last else {}
    return {(clause, each["state"]): each["reason"] for clause, each in given.items()}

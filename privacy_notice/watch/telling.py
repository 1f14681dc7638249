"""The e-mail about changed promises, to the data protection contact.

Counts, what is promised, and a link; nothing about anybody. A mail that can't be sent stops
nothing: the next night tells of what changed since somebody was last told.
"""

from datetime import date

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from privacy_notice.models import PromiseResult
from privacy_notice.models.states import State
from privacy_notice.promises import todays_facts
from privacy_notice.promises.registry import promises
from register.domain.retention.telling import send
from register.models.staff import Role


def tell_of_changes(*, today: date) -> int:
    """Tell of what is otherwise today than when somebody was last told; return how many changes.

    The first time, only what is broken is told.
    """
    results = PromiseResult.objects.filter(day=today)
    found = changes(results)
    if found and not send(
        *words(found, results),
        today=today,
        to=(Role.DATA_PROTECTION,),
        path=reverse("privacy_notice_promises"),
    ):
        return 0
    others = [each.pk for each in results if not told_already(each)]
    results.filter(pk__in=others).update(told=F("state"))
    return len(found)


def changes(results: QuerySet[PromiseResult]) -> list[tuple[PromiseResult, State | None]]:
    """Return each result that differs from what was last told, with what was told then."""
    told: dict[str, State] = {}
    rows = PromiseResult.objects.exclude(told="").order_by("day")
    for clause, state in rows.values_list("clause", "told"):
        told[clause] = State(state)
    order = list(promises())
    return [
        (result, told.get(result.clause))
        for result in sorted(results, key=lambda each: order.index(each.clause))
        if result.state != told.get(result.clause)
        and not told_already(result)
        and (result.clause in told or result.state == State.BROKEN)
    ]


def told_already(result: PromiseResult) -> bool:
    """Whether another mail tells of it: of changed facts editors hear as well, and at once."""
    return result.clause == todays_facts.CLAUSE and todays_facts.is_why(result.evidence)


def words(
    found: list[tuple[PromiseResult, State | None]], results: QuerySet[PromiseResult]
) -> tuple[str, str]:
    """Return subject and text of the mail, in the language of the register."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Privacy notice: the state of %(count)d promise has changed",
            "Privacy notice: the state of %(count)d promises has changed",
            len(found),
        ) % {"count": len(found)}
        counts = ", ".join(
            f"{state.label.lower()} {sum(each.state == state for each in results)}"
            for state in State
        )
        lines = [
            _("%(promise)s: %(now)s (before: %(before)s)")
            % {
                "promise": promises()[result.clause].title,
                "now": State(result.state).label.lower(),
                "before": before.label.lower() if before else _("not looked at"),
            }
            for result, before in found
        ]
        all_of_them = _("All promises: %(counts)s.") % {"counts": counts}
        return subject, "\n\n".join(["\n".join(lines), all_of_them])

"""`manage.py verify_promises`: whether each promise of the privacy notice is kept now."""

import json
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from privacy_notice.models.states import State
from privacy_notice.promises import todays_facts
from privacy_notice.promises.registry import CHAPTERS
from privacy_notice.versions import apart
from privacy_notice.versions.apart import Apart
from privacy_notice.watch import verifying
from privacy_notice.watch.verifying import Outcome
from register.management.plain import PlainCommand
from register.reference import clock


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Looks whether each promise of the privacy notice is kept, and tells by what one knows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("Write it for a program."))

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        outcomes = verifying.look_at_all(now=now)
        verifying.record(outcomes, now=now, today=clock.local(now).date())
        differing = apart.everywhere(now=now)
        if options["json"]:
            self.stdout.write(as_json(outcomes, differing))
        else:
            for line in [*as_text(outcomes), *in_words(differing)]:
                self.stdout.write(line)
        broken = sum(outcome.state is State.BROKEN for outcome in outcomes)
        if broken:
            text = ngettext(
                "%(count)d promise is broken.", "%(count)d promises are broken.", broken
            )
            raise CommandError(text % {"count": broken})


def as_text(outcomes: list[Outcome]) -> list[str]:
    """Return the lines for people, by the chapters of the notice."""
    lines = []
    for chapter, those in groupby(outcomes, key=lambda outcome: outcome.promise.chapter):
        lines += ["", str(CHAPTERS[chapter])]
        lines += [
            f"  {outcome.state.label}: {outcome.promise.title}. {outcome.told}" for outcome in those
        ]
    counts = ", ".join(
        f"{state.label.lower()} {sum(outcome.state is state for outcome in outcomes)}"
        for state in State
    )
    return [*lines, "", _("All promises: %(counts)s.") % {"counts": counts}]


def in_words(differing: list[Apart]) -> list[str]:
    """Return a line for each public page that differs from today's facts: where, and what next."""
    text = _(
        "The public page (%(language)s) differs from today's facts: %(sections)s. See what changes "
        "and approve it: %(address)s"
    )
    return [
        text % {"language": each.language, "sections": each.sections, "address": each.address}
        for each in differing
    ]


def as_json(outcomes: list[Outcome], differing: list[Apart]) -> str:
    """Return the same for a program: ids and states are words of the code.

    The pages that differ from today's facts stand with the clause that promises that they don't.
    """
    pages = [
        {
            "language": each.language,
            "sections": each.headings,
            "waits": each.waits,
            "link": each.address,
        }
        for each in differing
    ]
    return json.dumps(
        [
            {
                "clause": outcome.promise.clause,
                "chapter": outcome.promise.chapter,
                "state": outcome.state.value,
                "evidence": outcome.told,
                "link": outcome.promise.seen_at.address(),
            }
            | ({"differs": pages} if outcome.promise.clause == todays_facts.CLAUSE else {})
            for outcome in outcomes
        ],
        ensure_ascii=False,
        indent=2,
    )

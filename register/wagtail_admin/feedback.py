"""Feedback, as counsellors read it (C19)."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.db.encryption import Unreadable
from register.domain import feedback
from register.models import Feedback
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column


def received_on(instance: Feedback) -> str:
    return f"{instance.received_on:%d.%m.%Y}"


class FeedbackAdmin(RegisterModelAdmin):
    model = Feedback
    ordering = ("-received_on",)
    columns = (Column("received_on", accessor=received_on, sortable=True),)

    def title_of(self, instance: Feedback) -> str:
        return received_on(instance)

    def lost_with(self, instance: Feedback) -> Sequence[Any]:
        return [
            _("This is for spam. Nobody can read the answer afterwards; its sender isn't told."),
            _("The log of use keeps that you removed an answer, and not what it said."),
        ]

    def delete_object(self, instance: Feedback, *, seen: int, by: User) -> None:
        feedback.remove(feedback=instance, by=by, today=self.today)

    def details_of(self, instance: Feedback) -> Sequence[tuple[Any, Any]]:
        answers = instance.answers
        if isinstance(answers, Unreadable):
            return [(_("answers"), answers)]
        return [(question, answer) for question, answer in json.loads(answers)]

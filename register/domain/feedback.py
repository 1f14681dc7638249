"""Receiving feedback from the public page (C19)."""

import json
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from register.enums import Action, Purpose
from register.models import Feedback
from register.validators import validate_printable

from .access_log import record

LONGEST_ANSWER = 5000  # characters: some two pages, while a hundred answers still stay small


def receive(*, answers: Sequence[Sequence[str]], today: date) -> Feedback:
    """Store one answered form, encrypted, and log that it came.

    Args:
        answers: [question, answer] pairs in the order of the form.
        today: the day of receipt, Europe/Helsinki.

    Raises ValidationError when nothing is answered, an answer is longer than LONGEST_ANSWER, or
    one holds control characters; then nothing is stored.
    """
    pairs = [(str(question), str(answer)) for question, answer in answers]
    if not any(answer.strip() for _question, answer in pairs):
        raise ValidationError(_("The form has no answers."), code="empty")
    for _question, answer in pairs:
        validate_printable(answer)
        if len(answer) > LONGEST_ANSWER:
            raise ValidationError(_("The answer is too long."), code="max_length")
    with transaction.atomic():
        feedback = Feedback(received_on=today)
        feedback.answers = json.dumps(pairs, ensure_ascii=False)
        feedback.save(force_insert=True)
        record(
            by=None,
            action=Action.CREATE,
            purpose=Purpose.FEEDBACK,
            model=Feedback,
            view="feedback_form",
            count=1,
        )
    return feedback

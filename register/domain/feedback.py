"""Feedback from the public page: received without a trace of its moment, removed when it is spam.

Nothing is logged of a receipt (C19). An entry would keep the moment, to the microsecond, of an
answer that promises to be anonymous, and a thousand posts would bury the log of use. The row
itself says its day, and its key is random: neither tells which of the day's answers came first.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_delete
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import locked
from register.domain.access_log.recording import record_change
from register.domain.access_log.typed import FreeText
from register.domain.erasure import engine
from register.exceptions import NotAllowed
from register.models import Feedback
from register.models.access_log import Action
from register.text.normal_form import lines, one_line
from register.text.validators import says_something
from register.text.visible import is_visible

LONGEST_ANSWER = 5000  # characters: some two pages, while a hundred answers still stay small
ANSWER = FreeText("answers", "answers", one_line=False, required=False, longest=LONGEST_ANSWER)


def receive(*, answers: Sequence[Sequence[str]], today: date, sending: str = "") -> Feedback:
    """Store one answered form, encrypted. What was stored already is not stored again.

    Args:
        answers: [question, answer] pairs in the order of the form. An answer that nobody can see
            is none.
        today: the day of receipt, Europe/Helsinki.
        sending: what the page gave its form, at random: two posts of one page with the same
            answers are one answer. It is kept nowhere. "" where there was none.

    Raises ValidationError when no answer has a letter or a digit, one is longer than
    LONGEST_ANSWER, or one holds a personal identity code or control characters; then nothing is
    stored.
    """
    formed = [(one_line(str(question)), lines(str(answer))) for question, answer in answers]
    pairs = [(question, answer) for question, answer in formed if is_visible(answer)]
    if not any(says_something(answer) for _question, answer in pairs):
        raise ValidationError(_("The form has no answers."), code="empty")
    for _question, answer in pairs:
        ANSWER.refuse_unwanted(answer)
    text = json.dumps(pairs, ensure_ascii=False)
    feedback = Feedback(pk=_key(sending, text), received_on=today)
    feedback.answers = text
    try:
        with transaction.atomic():
            feedback.save(force_insert=True)
    except IntegrityError:
        pass  # stored already: the button was pressed twice
    return feedback


def remove(*, feedback: Feedback, by: User, today: date) -> None:
    """Remove an answer that is spam, for good. The log says that it was done, not what it said.

    Raises NotAllowed to whoever may not, Erased when it is gone already.
    """
    with transaction.atomic(), looking_anew():
        found = locked(feedback)
        if not may_delete(by, found, today=today):
            raise NotAllowed
        engine.delete_feedback([found.pk])
        record_change(found, by=by, today=today, action=Action.DELETE, view="feedback")


def _key(sending: str, text: str) -> uuid.UUID:
    """Return the key of an answer: random, and the same for the same post of the same page.

    Whoever has the database knows no page's random value, and so learns nothing from the key.
    """
    if not sending:
        return uuid.uuid4()
    digest = hashlib.sha256(f"{sending}\n{text}".encode("utf-8", "surrogatepass")).digest()
    return uuid.UUID(bytes=digest[:16], version=4)

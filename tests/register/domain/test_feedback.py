import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from register.domain import feedback
from register.enums import Action, Purpose
from register.models import AccessLogEntry, Feedback

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ANSWERS = [["Mikä oli hyvää?", "Ääkkösiä ja rivinvaihto\ntoiselle riville"], ["Muuta?", "Ei"]]


def test_it_keeps_questions_and_answers_in_order():
    stored = feedback.receive(answers=ANSWERS, today=TODAY)
    stored.refresh_from_db()
    assert json.loads(stored.answers) == ANSWERS
    assert stored.received_on == TODAY


def test_answers_are_encrypted_in_the_database():
    feedback.receive(answers=ANSWERS, today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_feedback")
        row = repr(cursor.fetchall())
    assert "kkösiä" not in row
    assert "rivinvaihto" not in row


def test_receiving_is_logged_without_the_answers():
    feedback.receive(answers=ANSWERS, today=TODAY)
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.purpose, entry.actor) == (Action.CREATE, Purpose.FEEDBACK, None)
    assert (entry.model, entry.count) == ("register.Feedback", 1)


def test_nothing_is_stored_when_the_log_cannot_be_written(monkeypatch):
    def fails(**kwargs):
        raise DatabaseError

    monkeypatch.setattr(feedback, "record", fails)
    with pytest.raises(DatabaseError):
        feedback.receive(answers=ANSWERS, today=TODAY)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [["Mitä?", ""]],
        [["Mitä?", "  \n "]],
        [["Mitä?", "ohjaus\x0bmerkki"]],
        [["Mitä?", "nolla\x00merkki"]],
        [["Mitä?", "x" * (feedback.LONGEST_ANSWER + 1)]],
    ],
    ids=["no questions", "empty", "blank", "control character", "null character", "too long"],
)
def test_it_refuses_what_cannot_be_kept(answers):
    with pytest.raises(ValidationError):
        feedback.receive(answers=answers, today=TODAY)
    assert not Feedback.objects.exists()
    assert not AccessLogEntry.objects.exists()

import json
import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import AutoField, DateTimeField

from register.domain import feedback
from register.exceptions import Erased
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Feedback, RegisterLogEntry
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ANSWERS = [["Mikä oli hyvää?", "Ääkkösiä ja rivinvaihto\ntoiselle riville"], ["Muuta?", "Ei"]]


def test_it_keeps_questions_and_answers_in_order():
    stored = feedback.receive(answers=ANSWERS, today=TODAY)
    stored.refresh_from_db()
    assert json.loads(stored.answers) == ANSWERS
    assert stored.received_on == TODAY


def test_an_answer_is_kept_in_the_one_form_of_a_text():
    stored = feedback.receive(answers=[["Mi\u200bkä?", "A\u030a\u2028B\x0bC\r\nD"]], today=TODAY)
    assert json.loads(stored.answers) == [["Mikä?", "Å\nB\nC\nD"]]


def test_answers_are_encrypted_in_the_database():
    feedback.receive(answers=ANSWERS, today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_feedback")
        row = repr(cursor.fetchall())
    assert "kkösiä" not in row
    assert "rivinvaihto" not in row


def test_the_moment_of_a_receipt_is_kept_nowhere():
    for number in range(20):
        feedback.receive(answers=[["Mitä?", f"{number}"]], today=TODAY, sending=f"{number}")
    assert not AccessLogEntry.objects.exists()
    assert not RegisterLogEntry.objects.exists()
    for field in Feedback._meta.fields:
        assert not isinstance(field, DateTimeField | AutoField), field
    # Keys and lists are in no order of time.
    in_list = [json.loads(row.answers)[0][1] for row in Feedback.objects.all()]
    assert in_list != sorted(in_list, key=int)
    assert in_list != sorted(in_list, key=int, reverse=True)
    assert {row.pk.version for row in Feedback.objects.all()} == {4}


# --- a double post is one answer


def test_a_form_that_was_sent_twice_is_stored_once():
    first = feedback.receive(answers=ANSWERS, today=TODAY, sending="page 1")
    again = feedback.receive(answers=ANSWERS, today=date(2026, 11, 23), sending="page 1")
    assert first == again == Feedback.objects.get()
    assert Feedback.objects.get().received_on == TODAY


@pytest.mark.parametrize(
    "second",
    [
        {"answers": ANSWERS, "sending": "page 2"},
        {"answers": [*ANSWERS, ["Vielä?", "Jotain"]], "sending": "page 1"},
        {"answers": ANSWERS, "sending": ""},
    ],
    ids=["another page", "other answers", "no page"],
)
def test_what_is_not_the_same_post_is_stored_beside(second):
    feedback.receive(answers=ANSWERS, today=TODAY, sending="page 1")
    feedback.receive(today=TODAY, **second)
    assert Feedback.objects.count() == 2


def test_two_without_a_page_are_two():
    feedback.receive(answers=ANSWERS, today=TODAY)
    feedback.receive(answers=ANSWERS, today=TODAY)
    assert Feedback.objects.count() == 2


def test_what_the_page_gave_its_form_is_kept_nowhere():
    feedback.receive(answers=ANSWERS, today=TODAY, sending="3f2a-random")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_feedback")
        row = repr(cursor.fetchall())
    assert "3f2a" not in row


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_answer():
    start = threading.Barrier(4)
    failures = []

    def click():
        try:
            start.wait()
            feedback.receive(answers=ANSWERS, today=TODAY, sending="page 1")
        except Exception as error:  # whatever it is, it is told below
            failures.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _number in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert failures == []
    assert Feedback.objects.count() == 1


# --- spam


def test_spam_is_removed_and_the_log_does_not_say_what_it_said():
    by = staff(Role.COUNSELLOR)
    spam = feedback.receive(answers=[["Mitä?", "Osta halvalla"]], today=TODAY)
    kept = feedback.receive(answers=ANSWERS, today=TODAY)
    feedback.remove(feedback=spam, by=by, today=TODAY)
    assert Feedback.objects.get() == kept
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor) == (Action.DELETE, by.pk)
    assert (entry.object_key, entry.purpose) == (str(spam.pk), Purpose.FEEDBACK)
    assert "Osta" not in repr([entry.details, *RegisterLogEntry.objects.values()])
    with pytest.raises(Erased):
        feedback.remove(feedback=spam, by=by, today=TODAY)


# --- what is no answer


def test_an_answer_that_nobody_can_see_is_left_out():
    stored = feedback.receive(answers=[["Mitä?", "\u200b"], ["Muuta?", "Ei"]], today=TODAY)
    assert json.loads(stored.answers) == [["Muuta?", "Ei"]]


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [["Mitä?", ""]],
        [["Mitä?", "  \n "]],
        [["Mitä?", "\u200b\u2060\ufeff"]],
        [["Mitä?", "\u00a0\u3164\u2800\u115f"], ["Muuta?", "\u202e\u0301"]],
        [["Mitä?", "ohjaus\x08merkki"]],
        [["Mitä?", "nolla\x00merkki"]],
        [["Mitä?", "x" * (feedback.LONGEST_ANSWER + 1)]],
    ],
    ids=["no questions", "empty", "blank", "invisible", "fillers", "control", "null", "too long"],
)
def test_it_refuses_what_cannot_be_kept(answers):
    with pytest.raises(ValidationError):
        feedback.receive(answers=answers, today=TODAY)
    assert not Feedback.objects.exists()
    assert not AccessLogEntry.objects.exists()

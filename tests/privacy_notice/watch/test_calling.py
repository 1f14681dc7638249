"""Who is called to the notice by e-mail, and that nothing personal is in it."""

import pytest
from django.core import mail

from privacy_notice.watch import calling
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.privacy_notice.approval.acting import notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")


def test_the_approver_is_told_of_what_an_editor_submits():
    contact, editor = staff(Role.DATA_PROTECTION), staff(Role.EDITOR)
    submitted(by=editor)
    (message,) = [each for each in mail.outbox if each.to == [contact.email]]
    assert f"/tietosuojaseloste/{notice().pk}/hyvaksynta/" in message.body
    assert editor.last_name not in message.subject + message.body
    assert "Uusi otsikko" not in message.subject + message.body


def test_where_there_is_no_contact_the_main_user_is_told():
    assert calling.approvers(today=today()) == (Role.MAIN_USER,)
    staff(Role.DATA_PROTECTION, suspended_from=today())
    assert calling.approvers(today=today()) == (Role.MAIN_USER,)
    staff(Role.DATA_PROTECTION)
    assert calling.approvers(today=today()) == (Role.DATA_PROTECTION,)


def test_both_are_told_of_what_was_stopped():
    people = staff(Role.DATA_PROTECTION), staff(Role.EDITOR)
    calling.stopped(page=notice())
    assert {message.to[0] for message in mail.outbox} == {person.email for person in people}
    assert "pysäytettiin" in mail.outbox[0].subject


def test_what_reached_nobody_is_tried_again():
    from privacy_notice.models import About

    told = (About.REVIEW, "x", "Aihe", "Teksti", notice())
    assert calling.call_once(*told, today=today()) == 0
    staff(Role.EDITOR)
    assert [calling.call_once(*told, today=today()) for _again in (1, 2)] == [1, 0]

"""C33, C35: the contact is mailed each morning how many changes wait, and nothing of anybody."""

from datetime import date

import pytest
from django.core import mail

from register.domain.staff import reminding
from register.models.staff import Role
from tests.factories import AccessChangeFactory, RoleRequestFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_the_contact_hears_how_many_wait_and_of_nobody():
    contact = staff(Role.DATA_PROTECTION)
    change, request = AccessChangeFactory(), RoleRequestFactory()
    assert reminding.remind(today=TODAY) == 1
    [message] = mail.outbox
    assert message.to == [contact.email]
    assert "Käyttöoikeuksien muutoksia, joita et ole nähnyt: 1." in message.body
    for user in (change.member.user, request.member.user):
        assert user.username not in message.body
        assert user.last_name not in message.body


def test_where_nothing_waits_nobody_hears():
    staff(Role.DATA_PROTECTION)
    assert reminding.remind(today=TODAY) == 0
    assert not mail.outbox


def test_who_did_it_is_not_told_of_it_but_the_other_is():
    actor, other = staff(Role.DATA_PROTECTION, Role.MAIN_USER), staff(Role.DATA_PROTECTION)
    AccessChangeFactory(actor=actor.staff_member)
    assert reminding.remind(today=TODAY) == 1
    assert mail.outbox[0].to == [other.email]


def test_a_mail_that_cannot_be_sent_stops_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    staff(Role.DATA_PROTECTION)
    AccessChangeFactory()
    assert reminding.remind(today=TODAY) == 0

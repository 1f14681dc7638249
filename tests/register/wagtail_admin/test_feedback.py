"""Feedback on the screens: read by counsellors, and spam removed by them."""

from datetime import date

import pytest
from django.urls import reverse

from register.domain import feedback
from register.models import Feedback
from register.models.staff import Role
from tests.factories import staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def spam():
    return feedback.receive(answers=[["Mitä?", "Osta halvalla"]], today=date(2026, 11, 20))


def delete_url(answer):
    return reverse("palautteet_modeladmin_delete", args=[answer.pk])


def test_spam_is_removed_after_a_page_that_says_so(client, spam):
    client.force_login(staff(Role.COUNSELLOR))
    card = client.get(reverse("palautteet_modeladmin_inspect", args=[spam.pk])).content.decode()
    assert delete_url(spam) in card
    open_form(client, delete_url(spam), "main form").send(client)
    assert not Feedback.objects.exists()


def test_two_who_remove_it_are_told(client, spam):
    client.force_login(staff(Role.COUNSELLOR))
    form = open_form(client, delete_url(spam), "main form")
    form.send(client)
    assert form.send(client).status_code == 410


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COUNSELLOR])
def test_nobody_else_removes_it(client, spam, role):
    client.force_login(staff(role))
    assert client.get(delete_url(spam)).status_code == 404
    assert client.post(delete_url(spam)).status_code == 404
    assert Feedback.objects.exists()

"""C19: a view says why it is shut while clients are still to be told of its purpose."""

import pytest
from django.urls import reverse

from register.domain.clients import hand_over_list
from register.exceptions import UntoldPurpose
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db


def test_handing_over_waits_and_says_so(client, monkeypatch):
    def shut(*args, **kwargs):
        raise UntoldPurpose("Asiakkaille on vielä kerrottava.")

    monkeypatch.setattr(hand_over_list, "read", shut)
    client.force_login(staff(Role.COUNSELLOR))
    answer = client.get(reverse("register_hand_over"))
    assert answer.status_code == 409
    assert "Asiakkaille on vielä kerrottava." in answer.content.decode()

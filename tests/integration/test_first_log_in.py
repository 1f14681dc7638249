"""C35, C36: a new account from its link to its first day, where a second factor is required."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.utils import timezone

from register.domain.staff import links
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.factors import DOOR, FACTORS, HOME, Telephone
from tests.links import set_password_by

pytestmark = pytest.mark.django_db
NEW = "neljä satunnaista sanaa"


@pytest.mark.parametrize("by_mail", [True, False], ids=["mailed", "shown once"])
def test_it_ends_at_the_own_factor_and_never_at_an_address_to_confirm(client, settings, by_mail):
    """allauth asks for a confirmed address in many places, and would keep a copy of it."""
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}
    person, main_user = staff(Role.COUNSELLOR), staff(Role.MAIN_USER)
    member = person.staff_member
    given = links.give(
        member=member, seen=None, by=main_user, today=today(), now=timezone.now(), by_mail=by_mail
    )
    assert set_password_by(given.address, NEW, browser=client)["Location"].startswith(DOOR)

    client.post(DOOR, {"username": person.username, "password": NEW})
    assert client.get(HOME)["Location"].startswith(FACTORS)
    page = client.get(f"{FACTORS}sovellus/")
    telephone = Telephone(page.context["secret"].replace(" ", ""))
    client.post(f"{FACTORS}sovellus/", {"code": telephone.code()})
    assert client.get(HOME).status_code == 200
    assert not EmailAddress.objects.exists()
    assert not EmailConfirmation.objects.exists()

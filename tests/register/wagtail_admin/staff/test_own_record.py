"""The page of what is kept of oneself: found on the page of the account, and nobody else's."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from register.domain.staff.roles import set_roles
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.staff.own_record import NAME
from tests.factories import AcknowledgementFactory, UserFactory, staff

pytestmark = pytest.mark.django_db


def test_the_page_of_the_account_leads_to_it(client):
    client.force_login(staff(Role.BILLING))
    page = BeautifulSoup(client.get(reverse("wagtailadmin_account")).content, "html.parser")
    assert page.select_one(f'a[href="{reverse(NAME)}"]').text == "Mitä sinusta säilytetään"


def test_it_shows_the_record_in_words(client):
    me = staff(Role.COUNSELLOR, Role.BILLING)
    other = AcknowledgementFactory().member
    client.force_login(me)
    page = BeautifulSoup(client.get(reverse(NAME)).content, "html.parser")
    said = {each.dt.text: each.dd.text for each in page.select(".register-details div")}
    assert said["Roolit"] == "Ohjaaja, Laskutus"
    assert said["Salassapitosopimus allekirjoitettu"] == "1.1.2020"
    assert said["Käyttäjätunnus"] == me.username
    assert other.name not in page.text
    assert "1 vuoden kuluttua tilisi sulkemisesta" in " ".join(page.text.split())


def test_who_is_no_member_of_the_staff_has_no_such_page(client):
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse(NAME)).status_code == 404


def test_roles_people_and_documents_are_named_and_no_key_is_shown(client):
    me, main_user = staff(Role.COUNSELLOR), staff(Role.MAIN_USER)
    acknowledged = AcknowledgementFactory(member=me.staff_member)
    asked = {"seen": None, "by": main_user, "today": today()}
    set_roles(member=me.staff_member, roles=[Role.BILLING], **asked)
    client.force_login(me)
    text = BeautifulSoup(client.get(reverse(NAME)).content, "html.parser").select_one("main").text
    assert acknowledged.document_version.title in text
    assert main_user.staff_member.name in text
    assert "Laskutus" in text
    for key in ("[", "billing", str(main_user.staff_member), str(acknowledged.document_version)):
        assert key not in text

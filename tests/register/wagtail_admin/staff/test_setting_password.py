"""C35, C36: the main user gives a link, its owner sets the password, and no address tells it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from register.models import OneTimeLink, StaffMember
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.forms import open_form
from tests.links import open_link, set_password_by

# What is mailed goes through a real server: `mails` of tests/conftest.py.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mails")]
NEW = "neljä satunnaista sanaa"
PAGE = "/admin/salasana/"
LOG_IN = "/admin/login/"


@pytest.fixture
def main_user(client):
    user = staff(Role.MAIN_USER)
    client.force_login(user)
    return user


@pytest.fixture
def member():
    return staff(Role.COUNSELLOR).staff_member


@pytest.fixture
def owner(client):
    """Another browser than the main user's."""
    return type(client)()


@pytest.fixture
def shown(settings):
    settings.REGISTER = {**settings.REGISTER, "LINKS_BY_MAIL": False}


def giving(member):
    return reverse("henkilosto_modeladmin_link", args=[member.pk])


def give(client, member):
    return open_form(client, giving(member), ".register-confirm form").send(client)


def address_in(text):
    return re.search(r"http\S+#[\w-]+", text)[0]


def mailed(client, member, mails):
    give(client, member)
    return address_in(mails[-1].get_content())


def test_the_link_is_mailed_to_its_owner_who_logs_in_with_the_new_password(
    client, main_user, member, owner, mails
):
    answer = give(client, member)
    [message] = mails
    assert message["To"] == member.user.email
    address = address_in(message.get_content())
    secret = urlsplit(address).fragment
    assert secret not in client.get(answer["Location"]).content.decode()

    answer = set_password_by(address, NEW, browser=owner)
    assert answer["Location"].startswith(LOG_IN)
    assert "Salasana on asetettu" in owner.get(answer["Location"]).content.decode()
    assert not owner.login(username=member.user.username, password=PASSWORD)
    assert owner.login(username=member.user.username, password=NEW)


def test_where_no_mail_is_set_up_it_is_shown_once(client, main_user, member, owner, shown, mails):
    answer = give(client, member)
    address = address_in(answer.content.decode())
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not mails
    for page in (giving(member), reverse("henkilosto_modeladmin_inspect", args=[member.pk])):
        assert urlsplit(address).fragment not in client.get(page).content.decode()
    set_password_by(address, NEW, browser=owner)
    assert owner.login(username=member.user.username, password=NEW)


def test_the_running_sessions_end(client, main_user, member, owner, mails):
    session = type(client)()
    session.force_login(member.user)
    set_password_by(mailed(client, member, mails), NEW, browser=owner)
    assert session.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_secret_is_in_no_address_and_not_in_the_session(
    client, main_user, member, owner, mails
):
    address = mailed(client, member, mails)
    secret = urlsplit(address).fragment
    page = open_link(address, browser=owner)
    assert page.request["PATH_INFO"] == PAGE
    assert page.request["QUERY_STRING"] == ""
    assert secret not in page.content.decode()
    assert secret not in str(dict(owner.session))
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_whoever_was_logged_in_is_not_any_more(client, main_user, member, owner, mails):
    address = mailed(client, member, mails)
    open_link(address, browser=client)
    assert client.get("/admin/").status_code == 302


def told(page):
    return re.search(r'<p role="alert">(.*?)</p>', page.content.decode(), re.S)[1]


def test_a_used_one_says_so(client, main_user, member, owner, mails):
    address = mailed(client, member, mails)
    set_password_by(address, NEW, browser=owner)
    page = open_link(address, browser=owner)
    assert page.status_code == 410
    assert "käytetty" in told(page)
    assert "pääkäyttäjältä" in told(page)


def test_one_that_is_used_in_two_windows_works_once(client, main_user, member, owner, mails):
    address = mailed(client, member, mails)
    second = type(client)()
    open_link(address, browser=second)
    form = open_form(second, PAGE, "form")
    set_password_by(address, NEW, browser=owner)
    page = form.send(second, password="aivan toinen lause tässä", again="aivan toinen lause tässä")
    assert "käytetty" in told(page)
    assert owner.login(username=member.user.username, password=NEW)


def test_an_expired_one_says_so(client, main_user, member, owner, mails):
    address = mailed(client, member, mails)
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "vanha" in told(open_link(address, browser=owner))


def test_an_older_one_says_so(client, main_user, member, owner, mails):
    older = mailed(client, member, mails)
    mailed(client, member, mails)
    assert "uudempi" in told(open_link(older, browser=owner))


def test_one_of_a_closed_account_says_so_also_when_it_is_closed_meanwhile(
    client, main_user, member, owner, mails
):
    address = mailed(client, member, mails)
    open_link(address, browser=owner)
    form = open_form(owner, PAGE, "form")
    StaffMember.objects.filter(pk=member.pk).update(closed_on=timezone.localdate())
    assert "suljettu" in told(form.send(owner, password=NEW, again=NEW))
    assert "suljettu" in told(open_link(address, browser=owner))


def test_whatever_is_no_link_is_answered_alike(owner, member):
    answers = set()
    for typed in ("x", "#" + "a" * 43, "https://example.org/", "ä" * 900, "\x00abc"):
        page = owner.post(PAGE, {"link": typed})
        answers.add(re.sub(r'csrf.*?"|nonce.*?"|CSRF_TOKEN.*?,', "", page.content.decode())[:0])
        assert page.status_code in (200, 404)
    assert answers == {""}
    unknown = owner.post(PAGE, {"link": "a" * 43})
    assert unknown.status_code == 404
    assert told(unknown) == told(owner.post(PAGE, {"link": "b" * 43}))


def test_without_a_link_no_password_is_set(owner, member):
    page = owner.post(PAGE, {"password": NEW, "again": NEW})
    assert page.status_code == 404
    assert not StaffMember.objects.get(pk=member.pk).user.check_password(NEW)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("lyhyt", "lyhyt", "password"),
        ("kesäloma2026", "kesäloma2026", "password"),
        (NEW, "neljä muuta sanaa vielä", "again"),
        ("", "", "password"),
    ],
)
def test_a_weak_or_mistyped_one_is_told_and_the_link_goes_on(
    client, main_user, member, owner, password, again, field, mails
):
    address = mailed(client, member, mails)
    open_link(address, browser=owner)
    page = open_form(owner, PAGE, "form").send(owner, password=password, again=again)
    assert field in page.context["form"].errors
    assert member.user.username in page.content.decode()
    assert set_password_by(address, NEW, browser=owner).status_code == 302


def test_the_form_of_an_account_takes_no_password(client, main_user, member):
    url = reverse("henkilosto_modeladmin_edit", args=[member.pk])
    form = open_form(client, url)
    assert not {name for name in form.data if "password" in name}
    form.send(client, password=NEW, new_password=NEW)
    member.user.refresh_from_db()
    assert member.user.check_password(PASSWORD)


def test_a_mail_that_cannot_be_sent_is_told(client, main_user, member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = client.get(give(client, member)["Location"]).content.decode()
    assert "ei voitu lähettää" in page


def test_only_a_main_user_gives_links(client, member):
    for role in set(Role) - {Role.MAIN_USER}:
        client.force_login(staff(role))
        assert client.get(giving(member)).status_code == 404
        assert client.post(giving(member)).status_code == 404
    assert not OneTimeLink.objects.exists()


def test_to_the_own_account_no_link_is_offered_nor_given(client, main_user):
    member = main_user.staff_member
    card = client.get(reverse("henkilosto_modeladmin_inspect", args=[member.pk]))
    assert giving(member) not in card.content.decode()
    give(client, member)
    assert not OneTimeLink.objects.exists()


def test_the_former_address_is_told_of_another_one(client, main_user, member, mails):
    former = member.user.email
    url = reverse("henkilosto_modeladmin_edit", args=[member.pk])
    open_form(client, url).send(client, email="paakayttajan.oma@example.org")
    [message] = mails
    assert message["To"] == former
    assert "tietosuoja" in message.get_content()

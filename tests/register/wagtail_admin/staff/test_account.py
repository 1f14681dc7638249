"""One's own account: who one is, the main user says; password and language are one's own (C35)."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from register.models import AccessLogEntry, FailedLogIns, LogInAttempts
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db
ACCOUNT = "/admin/account/"
NEW = "neljä satunnaista sanaa"


@pytest.fixture
def person(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


def save(client, typed):
    """Post the page's form with the looks as they are."""
    looks = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    return client.post(ACCOUNT, looks | typed)


def picture():
    content = io.BytesIO()
    Image.new("RGB", (9, 9)).save(content, "PNG")
    content.name, _position = "kasvot.png", content.seek(0)
    return content


def own_password(**changes):
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | changes
    return {f"password-{name}": value for name, value in typed.items()}


@pytest.mark.parametrize("roles", [[Role.COUNSELLOR], list(Role)])
def test_it_offers_password_language_and_looks_only(client, roles):
    client.force_login(staff(*roles))
    panels = client.get(ACCOUNT).context["panels_by_tab"]
    names = {panel.name for panels in panels.values() for panel in panels}
    assert names - {"notifications"} == {"locale", "theme", "factors", "password"}
    fields = {
        name for panels in panels.values() for panel in panels for name in panel.get_form().fields
    }
    assert not fields & {"first_name", "last_name", "email", "avatar", "current_time_zone"}


def test_what_is_not_offered_is_not_taken_from_a_post_either(client, person, settings):
    typed = {
        "name_email-first_name": "Joku",
        "name_email-last_name": "Muu",
        "name_email-email": "muu@example.org",
        "first_name": "Joku",
        "avatar-avatar": picture(),
        "locale-preferred_language": "sv",
        "locale-current_time_zone": "Pacific/Pago_Pago",
    }
    before = (person.first_name, person.last_name, person.email)
    assert save(client, typed).status_code == 302
    person.refresh_from_db()
    profile = UserProfile.objects.get(user=person)
    assert (person.first_name, person.last_name, person.email) == before
    assert (profile.avatar.name, profile.current_time_zone) == ("", "")
    assert profile.preferred_language == "sv"
    assert not list(settings.MEDIA_ROOT.glob("avatar_images/*"))


def test_the_language_stays_ones_own_and_a_time_zone_from_before_goes(client, person):
    UserProfile.objects.create(user=person, current_time_zone="Pacific/Pago_Pago")
    save(client, {"locale-preferred_language": "en"})
    profile = UserProfile.objects.get(user=person)
    assert (profile.preferred_language, profile.current_time_zone) == ("en", "")


def test_a_picture_from_before_is_shown_nowhere(client, person):
    UserProfile.objects.create(user=person, avatar="avatar_images/kasvot.png")
    for url in ("/admin/", ACCOUNT, reverse("asiakkaat_modeladmin_index")):
        assert "avatar_images" not in client.get(url).content.decode()


def test_a_new_password_needs_the_current_one_ends_other_sessions_and_is_logged(client, person):
    elsewhere = type(client)()
    elsewhere.force_login(person)

    assert save(client, own_password()).status_code == 302

    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    entry = AccessLogEntry.objects.get(view="own_password")
    assert (entry.actor, entry.action) == (person.pk, Action.CHANGE)
    assert (entry.model, entry.object_key) == (
        "register.StaffMember",
        str(person.staff_member.pk),
    )
    assert entry.details == {"account": ["password"], "version": person.staff_member.version}


@pytest.mark.parametrize(
    "changes",
    [
        {"old_password": ""},
        {"old_password": "väärä"},
        {"new_password1": "lyhyt", "new_password2": "lyhyt"},
        {"new_password2": "jokin aivan muu sana"},
        {"new_password1": ""},
        {"new_password2": ""},
        {"new_password1": "lyhyt", "new_password2": ""},
    ],
)
def test_a_password_that_does_not_fit_changes_nothing(client, person, changes):
    assert save(client, own_password(**changes)).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not AccessLogEntry.objects.filter(view="own_password").exists()


def test_guessing_at_the_current_password_is_stopped_as_at_the_door(client, person):
    """C36: each guess counts once, the right one comes too late, and the words are the door's."""
    looked_at = []
    for _time in range(29):
        looked_at.append(told(save(client, own_password(old_password="väärä"))))
    assert len(set(looked_at)) == 1
    stopped = told(save(client, own_password(old_password="väärä")))
    assert "15 minuuttia" in stopped
    assert told(save(client, own_password())) == stopped
    assert FailedLogIns.objects.get(account=person.pk).count == 31  # C38
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    door = type(client)().post("/admin/login/", {"username": person.username, "password": "x"})
    assert door.context["form"].non_field_errors() == [stopped]


def test_the_right_current_password_begins_anew(client, person):
    save(client, own_password(old_password="väärä"))
    assert save(client, own_password()).status_code == 302
    assert not LogInAttempts.objects.filter(count__gt=1).exists()


def told(answer) -> str:
    panels = answer.context["panels_by_tab"].values()
    [panel] = [each for panels in panels for each in panels if each.name == "password"]
    return panel.get_form().errors["old_password"][0]


def test_a_user_who_is_no_staff_member_changes_the_password_too(client):
    superuser = UserFactory(is_superuser=True)
    client.force_login(superuser)
    assert save(client, own_password()).status_code == 302
    superuser.refresh_from_db()
    assert superuser.check_password(NEW)
    assert not AccessLogEntry.objects.exclude(action="log_in").exists()

"""C29–C39: each is kept as far as it is built, and broken by a row, a setting or the gate."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from wagtail.admin import urls as wagtailadmin_urls

from futuuri_site import urls
from privacy_notice.models import SignOff
from register.access import backend
from register.access.rules import RULES, Rule
from register.db.states import DayState
from register.domain.access_log import log_ins, protection
from register.domain.billing import batch_file
from register.domain.erasure.log_of_use import first_kept
from register.models import (
    AccessLogEntry,
    Client,
    Controller,
    Heartbeat,
    StaffMember,
)
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import a_year_after
from tests.factories import (
    StaffMemberFactory,
    UserFactory,
    staff,
)
from tests.privacy_notice.promises.staff_breaks import OF_STAFF
from tests.privacy_notice.promises.world import cases, https, is_broken_by, named


def files_in_the_open(world):
    world.let_in(PRIVATE_DIR=f"{world.settings.MEDIA_ROOT}/private")


def files_that_others_can_open(world):
    path = batch_file.path(world.batch.pk)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    path.parent.parent.chmod(0o755)


def a_gate_without_a_lock(world):
    """Everybody sees every client, accounts or none."""
    world.monkeypatch.setitem(
        RULES, Client, Rule(see=lambda who: Client.objects.all(), open_without_training=True)
    )


def a_screen_without_a_door(world):
    """An address of the admin that answers whoever asks."""
    world.settings.ROOT_URLCONF = __name__


urlpatterns = [path("admin/asiakkaat/", lambda request: HttpResponse("Kaikki")), *urls.urlpatterns]


def clients_of_all(world):
    staff(Role.COUNSELLOR)
    world.monkeypatch.setitem(RULES, Client, Rule(see=lambda who: Client.objects.all()))


def a_way_past_the_suspension(world):
    """The backend asks nobody whether the log-in is removed."""
    world.monkeypatch.setattr(
        backend.StaffBackend, "user_can_authenticate", lambda self, user: True
    )


def a_suspension_that_the_gate_overlooks(world):
    StaffMember.objects.filter(user=world.people[Role.BILLING]).update(closed_on=world.today)
    world.monkeypatch.setattr(StaffMember, "is_suspended", lambda self, today: False)


def a_second_time_that_is_overlooked(world):
    """Only the time that was said first removes the log-in."""
    world.monkeypatch.setattr(
        StaffMember,
        "is_suspended",
        DayState(lambda today: Q(suspended_from__lte=today) & ~Q(suspended_until__lt=today)),
    )


def a_client_taken_unseen(world):
    world.monkeypatch.setattr(
        "register.domain.staff.changes.note_if_main_user", lambda **asked: None
    )


def a_main_user_who_raises_themselves(world):
    world.monkeypatch.setattr("register.domain.staff.roles.is_own", lambda member, actor: False)


def an_editor_who_manages_accounts(world):
    editor = world.people[Role.EDITOR]
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))


def a_superuser(world):
    UserFactory(is_superuser=True)


def without_a_main_user(world):
    world.people[Role.MAIN_USER].groups.clear()


def anything_passes(world):
    world.settings.AUTH_PASSWORD_VALIDATORS = []


def without_the_common_ones(world):
    world.settings.AUTH_PASSWORD_VALIDATORS = [
        each for each in world.settings.AUTH_PASSWORD_VALIDATORS if "NotGuessed" not in each["NAME"]
    ]


def short_ones_pass(world):
    world.settings.AUTH_PASSWORD_VALIDATORS = [
        each for each in world.settings.AUTH_PASSWORD_VALIDATORS if "Length" not in each["NAME"]
    ]


def the_persons_own_name_passes(world):
    User.objects.update(last_name="Kuusiharju")  # unlike enough with digits behind it
    world.monkeypatch.setattr("register.access.passwords.NAMES", ())


def the_firms_name_passes(world):
    Controller.objects.update(name="Kuusiharju Oy")
    world.monkeypatch.setattr("register.access.passwords.firm_words", set)


def guessing_goes_on(world):
    world.monkeypatch.setattr("register.access.attempts._take", lambda key, most: True)


def no_second_factor_is_required(world):
    world.let_in(SECOND_FACTOR_REQUIRED=False)


def nothing_asks_for_the_second_factor(world):
    world.settings.MIDDLEWARE = [
        each for each in world.settings.MIDDLEWARE if "second_factor" not in each
    ]


def what_asks_lets_everybody_through(world):
    world.monkeypatch.setattr("register.access.second_factor.is_passed", lambda request: True)


class WagtailFirst:
    """Addresses of which Wagtail's own answer first."""

    urlpatterns = [path("admin/", include(wagtailadmin_urls)), *urls.urlpatterns]


def wagtails_own_door_is_open(world):
    world.settings.ROOT_URLCONF = WagtailFirst


def a_secret_in_clear(world):
    """As allauth keeps it by itself."""
    Authenticator.objects.create(
        user=world.people[Role.BILLING], type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}
    )


def over_http(world):
    world.settings.SECURE_SSL_REDIRECT = False


def a_cookie_that_travels_open(world):
    world.settings.SESSION_COOKIE_SECURE = False


def browsers_may_come_back_open(world):
    world.settings.SECURE_HSTS_SECONDS = 0


def every_name_is_answered(world):
    world.settings.ALLOWED_HOSTS = ["*"]


def a_short_secret(world):
    world.settings.SECRET_KEY = "lyhyt"


def development_settings(world):
    world.settings.DEBUG = True


def confirmed_long_ago(world):
    day = world.today - timedelta(days=370)
    assert world.today > a_year_after(day)
    SignOff.objects.update(confirmed_on=day)


def never_confirmed(world):
    SignOff.objects.all().delete()


def a_name_in_the_log(world):
    AccessLogEntry.objects.create(
        action=Action.CHANGE,
        purpose="guidance",
        model="register.Client",
        view="x",
        details={"email": "asiakas@example.org"},
    )


def a_log_that_can_be_changed(world):
    world.monkeypatch.setattr("register.models.access_log.AppendOnly.update", QuerySet.update)


def a_database_that_lets_it_be_changed(world):
    protection.take_down(connection)


def a_log_that_was_changed(world):
    Heartbeat.objects.update(log_found="changed: 1/1")


def a_log_that_is_not_sealed(world):
    AccessLogEntry.objects.create(
        at=timezone.now() - timedelta(hours=1),
        action=Action.VIEW,
        purpose="guidance",
        model="register.Client",
        view="x",
    )


def a_log_in_that_nobody_wrote_down(world):
    for user, written in ((staff(Role.COUNSELLOR), True), (staff(Role.COUNSELLOR), False)):
        user.last_login = timezone.now()
        user.save()
        if written:
            log_ins.logged_in(None, user)


def a_log_that_does_not_end(world):
    AccessLogEntry.objects.create(
        at=first_kept(world.today) - timedelta(days=30),
        action=Action.VIEW,
        purpose="guidance",
        model="register.Client",
        view="x",
        seal=1,
        place=1,
    )


def not_reviewed(world):
    world.publish(reviewed_on=None)


def reviewed_long_ago(world):
    world.publish(reviewed_on=world.today - timedelta(days=370))


BREAKS = {
    "C29": (
        files_in_the_open,
        files_that_others_can_open,
        a_gate_without_a_lock,
        a_screen_without_a_door,
    ),
    **OF_STAFF,
    "C32": (confirmed_long_ago, never_confirmed),
    "C33": (clients_of_all, a_client_taken_unseen),
    "C34": (
        a_way_past_the_suspension,
        a_suspension_that_the_gate_overlooks,
        a_second_time_that_is_overlooked,
    ),
    "C35": (
        an_editor_who_manages_accounts,
        a_superuser,
        without_a_main_user,
        a_main_user_who_raises_themselves,
    ),
    "C36": (
        anything_passes,
        without_the_common_ones,
        short_ones_pass,
        the_persons_own_name_passes,
        the_firms_name_passes,
        guessing_goes_on,
        no_second_factor_is_required,
        nothing_asks_for_the_second_factor,
        what_asks_lets_everybody_through,
        wagtails_own_door_is_open,
        a_secret_in_clear,
    ),
    "C37": (
        over_http,
        a_cookie_that_travels_open,
        browsers_may_come_back_open,
        every_name_is_answered,
        a_short_secret,
        development_settings,
        confirmed_long_ago,
        never_confirmed,
    ),
    "C38": (
        a_name_in_the_log,
        a_log_that_can_be_changed,
        a_database_that_lets_it_be_changed,
        a_log_that_was_changed,
        a_log_that_is_not_sealed,
        a_log_in_that_nobody_wrote_down,
        a_log_that_does_not_end,
    ),
    "C39": (not_reviewed, reviewed_long_ago),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    if clause == "C37":
        https(world)
    is_broken_by(world, clause, breaking)


def test_a_session_of_one_who_is_suspended_is_counted_and_opens_nothing(world):
    """C34."""
    member = StaffMemberFactory(suspended_from=world.today)
    session = SessionStore()
    session["_auth_user_id"] = str(member.user_id)
    session.save()
    found = world.look("C34")
    assert found.state == "kept"
    assert "removed: 1, of which sessions are left: 1" in found.evidence["en"]


def test_trying_leaves_nobody_suspended(world):
    """C34."""
    world.look("C34")
    assert not StaffMember.objects.exclude(suspended_from=None).exists()


def test_a_day_less_than_a_year_is_confirmed_still(world):
    """C37: twelve months, the same day included."""
    https(world)
    for days, state in ((365, "by_hand"), (367, "broken")):
        SignOff.objects.update(confirmed_on=world.today - timedelta(days=days))
        assert world.look("C37").state == state

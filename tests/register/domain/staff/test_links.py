"""C35, C36: a one-time link is its owner's; nobody sets another's password."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.staff import accounts, links, passwords
from register.domain.staff.links import Answer
from register.exceptions import NotAllowed, Stale
from register.models import AccessChange, AccessLogEntry, OneTimeLink
from register.models.staff import ChangeKind, Role
from register.reference.clock import local
from tests.factories import StaffMemberFactory, staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db
# The log has the machine's own time, and a link that it has outlived opens nothing.
NOW = timezone.now()
TODAY = local(NOW).date()
NEW = "neljä satunnaista sanaa"


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


@pytest.fixture
def member():
    return staff(Role.COUNSELLOR).staff_member


def give(member, by, **asked):
    return links.give(
        **{"member": member, "seen": None, "by": by, "today": TODAY, "now": NOW} | asked
    )


def use(given, password=NEW, *, now=NOW):
    return links.use(
        secret_hash=links.hashed(given.secret), password=password, today=local(now).date(), now=now
    )


def worth(given, *, now=NOW, today=TODAY):
    return links.answer(links.hashed(given.secret), today=today, now=now)


def test_the_owner_sets_the_password_and_the_log_names_the_owner(main_user, member):
    given = give(member, main_user)
    assert use(given) is Answer.OPEN
    member.user.refresh_from_db()
    assert member.user.check_password(NEW)
    entry = AccessLogEntry.objects.get(view="link_password")
    assert (entry.actor, entry.object_key) == (member.user.pk, str(member.pk))


def test_it_works_once(main_user, member):
    given = give(member, main_user)
    use(given)
    assert use(given, "aivan toinen lause tässä") is Answer.USED
    member.user.refresh_from_db()
    assert member.user.check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_use_it_at_the_same_moment_one_does(main_user, member):
    given, start = give(member, main_user), Barrier(4)

    def use_it(number):
        start.wait(timeout=20)
        try:
            return use(given, f"satunnaisten sanojen jono {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(use_it, range(4)))
    assert Counter(answers) == {Answer.OPEN: 1, Answer.USED: 3}
    member.user.refresh_from_db()
    first = answers.index(Answer.OPEN)
    assert member.user.check_password(f"satunnaisten sanojen jono {first}")


def test_of_the_secret_a_hash_is_kept_and_nothing_else(main_user, member):
    given = give(member, main_user)
    assert len(given.secret) >= 43  # 256 bits
    kept = OneTimeLink.objects.values().get()
    assert given.secret not in str(kept)
    told = [*AccessLogEntry.objects.values(), *AccessChange.objects.values()]
    assert given.secret not in str(told)
    assert given.secret not in repr(given)
    assert given.address.endswith(f"#{given.secret}")


def test_it_expires(main_user, member):
    given = give(member, main_user)
    last = NOW + timedelta(hours=48)
    assert worth(given, now=last - timedelta(seconds=1)) is Answer.OPEN
    assert use(given, now=last) is Answer.EXPIRED
    member.user.refresh_from_db()
    assert member.user.check_password(PASSWORD)


def test_one_that_is_shown_expires_sooner(main_user, member, settings):
    settings.REGISTER = {**settings.REGISTER, "LINKS_BY_MAIL": False}
    given = give(member, main_user)
    assert worth(given, now=NOW + timedelta(hours=4)) is Answer.EXPIRED


def test_a_newer_one_ends_the_older(main_user, member):
    older, newer = give(member, main_user), give(member, main_user)
    assert use(older) is Answer.REPLACED
    assert use(newer) is Answer.OPEN


def test_a_new_password_of_ones_own_ends_it_and_nobody_elses(main_user, member):
    """Whoever changes it because somebody may have read their mail is not let down by the mail."""
    given, anothers = give(member, main_user), give(staff().staff_member, main_user)
    passwords.change_own_password(password=NEW, by=member.user, today=TODAY, now=NOW)
    assert worth(given) is use(given) is Answer.REPLACED
    assert worth(anothers) is Answer.OPEN


@pytest.mark.parametrize(
    ("standing", "answer"),
    [
        ({"closed_on": TODAY}, Answer.CLOSED),
        ({"suspended_from": TODAY}, Answer.SUSPENDED),
        ({"suspended_from": TODAY - timedelta(days=1), "suspended_until": TODAY}, Answer.SUSPENDED),
    ],
    ids=str,
)
def test_it_opens_nothing_to_whose_login_is_removed(main_user, member, standing, answer):
    given = give(member, main_user)
    type(member).objects.filter(pk=member.pk).update(**standing)
    assert use(given) is answer
    member.user.refresh_from_db()
    assert member.user.check_password(PASSWORD)


@pytest.mark.parametrize("standing", [{"closed_on": TODAY}, {"suspended_from": TODAY}], ids=str)
def test_none_is_made_for_whose_login_is_removed(main_user, standing):
    with pytest.raises(ValidationError):
        give(StaffMemberFactory(**standing), main_user)
    assert not OneTimeLink.objects.exists()


def test_none_is_mailed_without_an_address(main_user):
    with pytest.raises(ValidationError):
        give(StaffMemberFactory(user__email=""), main_user)


def test_a_guess_opens_nothing(member):
    assert links.answer(links.hashed("arvaus"), today=TODAY, now=NOW) is Answer.UNKNOWN
    assert links.owner(links.hashed("arvaus"), today=TODAY, now=NOW) is None


def test_a_weak_password_leaves_the_link_open(main_user, member):
    given = give(member, main_user)
    with pytest.raises(ValidationError):
        use(given, "salasana2026")
    assert use(given) is Answer.OPEN


def test_nobody_makes_a_link_for_the_own_account(main_user):
    """An unlocked machine would be enough to take the account over."""
    with pytest.raises(ValidationError):
        give(main_user.staff_member, main_user)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_only_a_main_user_makes_one(role, member):
    with pytest.raises(NotAllowed):
        give(member, staff(role))


def test_who_saw_an_older_account_is_told(main_user, member):
    accounts.rename(
        member=member,
        first_name="Aino",
        last_name="Uusi",
        email="toinen@example.org",
        seen=None,
        by=main_user,
        today=TODAY,
    )
    with pytest.raises(Stale):
        give(member, main_user, seen=member.version)


def test_each_stands_on_the_contacts_list_and_so_does_another_address(main_user, member):
    """The attack: another's address is made one's own, and a link sent there."""
    accounts.rename(
        member=member,
        first_name=member.user.first_name,
        last_name=member.user.last_name,
        email="paakayttajan.oma@example.org",
        seen=None,
        by=main_user,
        today=TODAY,
    )
    give(member, main_user)
    noted = AccessChange.objects.unseen().order_by("pk")
    assert [each.kind for each in noted] == [ChangeKind.ADDRESS, ChangeKind.LINK]
    assert {each.actor for each in noted} == {main_user.staff_member}
    assert {each.member for each in noted} == {member}


def test_one_made_on_the_server_is_noted_as_such(member):
    give(member, SYSTEM)
    assert AccessChange.objects.get().actor is None
    assert AccessLogEntry.objects.get().actor is None


def test_no_verb_takes_a_password_for_another():
    """C35: whatever a main user can do to an account, a password is none of it."""
    from inspect import getmembers, isfunction, signature

    from register.domain.staff import passwords

    for module in (accounts, passwords, links):
        for name, verb in getmembers(module, isfunction):
            if verb.__module__ == module.__name__ and "password" in signature(verb).parameters:
                assert name in {"change_own_password", "use"}


def test_a_clock_that_was_set_back_opens_no_expired_link_again(main_user):
    member = StaffMemberFactory()
    given = give(member, main_user)
    entry = AccessLogEntry.objects.latest("pk")
    AccessLogEntry.objects.create(
        at=given.link.expires_at + timedelta(hours=1),
        action=entry.action,
        purpose=entry.purpose,
        model=entry.model,
        view="list",
    )
    secret_hash = links.hashed(given.secret)
    assert links.answer(secret_hash, today=TODAY, now=NOW) is Answer.EXPIRED
    assert links.use(secret_hash=secret_hash, password=NEW, today=TODAY, now=NOW) is Answer.EXPIRED

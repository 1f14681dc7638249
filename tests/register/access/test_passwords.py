"""New passwords are strong ones, and hashed so that guessing is slow (C36)."""

import unicodedata

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from futuuri_site.settings import base
from register.access.backend import StaffBackend
from register.access.passwords import InNormalForm
from register.models import Controller
from tests.factories import StaffMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
STRONG = "oikea hevonen pöllö niitti"


def refused(password, user=None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


def test_from_12_to_128_characters_however_they_are_composed():
    assert refused("xkmq vlpz ht") == set()
    assert refused("xkmq vlpz h") == {"password_too_short"}
    longest = ("xkmä" * 31 + "vlpö")[:128]
    assert refused(unicodedata.normalize("NFD", longest)) <= {"password_guessed"}
    assert "password_too_long" in refused(longest + "y")


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "salasana2026",
        "kesäloma2026",
        "futuuri12345",
        "123qweasdzxc",
        "dragonball99",
    ],
)
def test_a_common_one_is_refused_and_told_what_to_do(password):
    assert "password_guessed" in refused(password)
    with pytest.raises(ValidationError, match="neljä sanaa"):
        validate_password(password)


def test_one_of_the_persons_and_the_firms_own_names_is_refused():
    user = UserFactory(
        username="oili.77", first_name="Tuulikki", last_name="Ahopelto", email="x@pajala.example"
    )
    Controller.objects.create(site_id=1, name="Kuusiharju Oy", city="Ylöjärvi")
    for password in ("Tuulikki123456", "ahopelto-ahopelto", "oili.77.oili.77", "pajala12345678"):
        assert refused(password, user), password
    for password in ("Kuusiharju2026!", "ylöjärvellä2026"):
        assert refused(password, user) == {"password_guessed"}, password


def test_the_same_password_of_another_keyboard_logs_in():
    user = StaffMemberFactory().user
    user.set_password(unicodedata.normalize("NFD", STRONG))
    user.save()
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, STRONG)
        assert StaffBackend().authenticate(None, username=user.username, password=typed) == user


def test_it_is_argon2_and_an_older_hash_becomes_one_at_the_next_log_in(monkeypatch):
    user = StaffMemberFactory().user
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", base.PASSWORD_HASHERS)
        _forget_hashers()
        user.password = PBKDF2PasswordHasher().encode(STRONG, "suolasuolasuolasuolasuola")
        user.save()
        found = StaffBackend().authenticate(None, username=user.username, password=STRONG)
        user.refresh_from_db()
        assert found == user
        assert user.password.startswith("argon2$argon2id$")
        assert isinstance(identify_hasher(user.password), InNormalForm)
        assert user.check_password(unicodedata.normalize("NFD", STRONG))
    _forget_hashers()


def _forget_hashers():
    from django.contrib.auth import hashers

    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()

"""Log-in names that read alike are one."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from register.text.login_names import login_key, normal_login_name, validate_login_name


@pytest.mark.parametrize(
    "typed",
    [
        "Åke.Öhman",
        "åke.öhman",
        "ÅKE.ÖHMAN",
        "A\u030ake.O\u0308hman",
        "Å\u200bke.Öhman ",
        "Åｋe.Öhman",
    ],
)
def test_they_have_one_key(typed):
    assert login_key(typed) == "åke.öhman"


def test_other_letters_are_another_name():
    assert login_key("ake") != login_key("åke")


@pytest.mark.parametrize("name", ["mаija", "Maijа.Virtanen", "οnni"])
def test_a_name_of_two_alphabets_is_refused(name):
    with pytest.raises(ValidationError):
        validate_login_name(name)


@given(st.text())
def test_a_stored_name_has_the_same_key(typed):
    assert login_key(normal_login_name(typed)) == login_key(typed)
    assert login_key(login_key(typed)) == login_key(typed)

"""A website is kept as a bare host, whatever is pasted (C08)."""

import pytest
from django.core.exceptions import ValidationError

from register.text.websites import bare_host, validate_host


@pytest.mark.parametrize(
    "pasted",
    [
        "www.tyovalmennus.fi",
        "https://www.tyovalmennus.fi/",
        "http://www.tyovalmennus.fi:8080/etusivu?a=b#c",
        " HTTPS://WWW.Tyovalmennus.FI. ",
        "//www.tyovalmennus.fi/polku",
        "https://nimi:sana@www.tyovalmennus.fi/",
        "www.tyovalmennus.fi/sivu",
    ],
)
def test_the_host_is_taken_out(pasted):
    assert bare_host(pasted) == "www.tyovalmennus.fi"
    validate_host(bare_host(pasted))


@pytest.mark.parametrize(
    "pasted", ["", "ei ole", "javascript:alert(1)", "http://", "localhost", "-"]
)
def test_what_has_none_is_refused(pasted):
    with pytest.raises(ValidationError):
        validate_host(bare_host(pasted))


def test_a_host_of_other_letters_is_one():
    validate_host(bare_host("https://www.työvalmennus.fi/"))

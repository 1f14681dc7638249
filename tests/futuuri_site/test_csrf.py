"""A form that is not taken says why: the address of the site, or the cookie."""

import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OWN = "https://rekisteri.example.org"


@pytest.fixture
def post(settings):
    """Return a function that sends a form from a page of an address."""
    settings.ALLOWED_HOSTS = ["rekisteri.example.org"]
    settings.CSRF_TRUSTED_ORIGINS = [OWN]
    settings.WAGTAILADMIN_BASE_URL = OWN
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    browser = Client(
        enforce_csrf_checks=True,
        headers={"host": "rekisteri.example.org", "x-forwarded-proto": "https"},
    )

    def send(**headers):
        answer = browser.post("/admin/login/", headers=headers)
        assert answer.status_code == 403
        return answer.content.decode()

    return send


def test_an_address_that_is_not_the_sites_is_told_and_no_cookie_blamed(post):
    """As behind a port that BASE_URL does not name."""
    for headers in ({"origin": f"{OWN}:8443"}, {"referer": f"{OWN}:8443/admin/login/"}):
        page = post(**headers)
        assert f'<a href="{OWN}/">' in page
        assert "asetuksissa" in page
        assert "eväste" not in page


def test_a_cookie_that_is_missing_is_asked_for(post):
    for headers in ({"origin": OWN}, {"origin": OWN, "referer": f"{OWN}/"}, {}):
        page = post(**headers)
        assert "eväste" in page
        assert "asetuksissa" not in page


def test_the_log_says_which_setting_and_not_what_was_asked_for(post, caplog):
    with caplog.at_level(logging.WARNING):
        post(referer="https://elsewhere.example.org/?q=salainen")
    assert "BASE_URL" in caplog.text
    assert "elsewhere" in caplog.text
    assert "salainen" not in caplog.text

"""Walking through a one-time link, as a browser does with the script of its page."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client as Browser

from tests.forms import open_form


def open_link(address: str, *, browser: Browser) -> HttpResponse:
    """Open the link and post what stands behind its "#"; return the page that comes of it."""
    parts = urlsplit(address)
    answer = open_form(browser, parts.path, "form").send(browser, link=parts.fragment)
    return browser.get(answer["Location"]) if answer.status_code == 302 else answer


def set_password_by(address: str, password: str, *, browser: Browser) -> HttpResponse:
    """Set the password; return what the last page answers."""
    open_link(address, browser=browser)
    path = urlsplit(address).path
    return open_form(browser, path, "form").send(browser, password=password, again=password)

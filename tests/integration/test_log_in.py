"""One door: of all the project's addresses, one shows a log-in form and lets somebody in."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver, translate_url
from django.utils.regex_helper import normalize
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import FeedbackPage, HomePage
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.usefixtures("site_content")
DOOR = "/admin/login/"
FORM = re.compile(r"""type=["']?password|name=["']?password""")
# What may stand in an address for each of its parts.
PARTS = ("1", "x", "x/", "00000000-0000-0000-0000-000000000001")


def patterns(resolver, prefix="") -> Iterator[str]:
    """Yield the regular expression of every address under the resolver."""
    for entry in resolver.url_patterns:
        regex = prefix + entry.pattern.regex.pattern.removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, regex)
        else:
            yield regex


def addresses() -> set[str]:
    """Return an address, or some, for every pattern of the project, in every language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {address for regex in patterns(get_resolver()) for address in matches(regex)}
    return found


def matches(regex: str) -> list[str]:
    """Return what the regular expression matches, with one of PARTS for each of its groups."""
    asked = re.compile(regex)
    filled = [
        template % dict(zip(names, values, strict=True))
        for template, names in normalize(regex)
        for values in product(PARTS, repeat=len(names))
    ]
    return [f"/{address}" for address in filled if asked.match(address)]


@pytest.fixture
def restricted():
    """Addresses of pages and documents that somebody once put behind a log-in or a password."""
    pages = [model.objects.get() for model in (HomePage, PrivacyNoticePage, FeedbackPage)]
    for page, kind in zip(pages, ("login", "password", "groups"), strict=True):
        # Past the guards of the notice, as before they were there.
        (restriction,) = PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page=page, restriction_type=kind, password="sana")]
        )
        restriction.groups.set(Group.objects.filter(name=Role.EDITOR))
    collection = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="sana"
    )
    document = get_document_model().objects.create(
        title="Ohje", file=ContentFile(b"ohje", "ohje.txt"), collection=collection
    )
    urls = [page.get_url() for page in pages] + [document.url]
    return {translate_url(url, language) for url in urls for language, _ in settings.LANGUAGES}


def test_every_pattern_has_an_address():
    missing = [regex for regex in patterns(get_resolver()) if not matches(regex)]
    assert missing == []
    assert len(addresses()) > 200


def test_one_address_shows_a_log_in_form_to_a_stranger(client, restricted):
    client.raise_request_exception = False
    pages = {
        address: client.get(address).content.decode(errors="replace")
        for address in sorted(addresses() | restricted)
        if not address.startswith(settings.MEDIA_URL)
    }
    assert {address for address, page in pages.items() if FORM.search(page)} == {DOOR}


def test_one_address_lets_somebody_in(client, restricted):
    client.raise_request_exception = False
    typed = {"username": staff(Role.EDITOR).username, "password": PASSWORD}
    inside = set()
    for address in sorted(addresses() | restricted):
        client.post(address, typed)
        if "_auth_user_id" in client.session:
            inside.add(address)
        client.cookies.clear()
    assert inside == {DOOR}


def test_a_restricted_page_leads_to_the_door_and_opens_to_no_password(client, restricted):
    assert client.get("/")["Location"].startswith(f"{DOOR}?next=")
    for restriction in PageViewRestriction.objects.all():
        for prefix in ("", "/sv", "/en"):
            url = (
                f"{prefix}/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"
            )
            assert client.post(url, {"password": "sana", "return_url": "/"}).status_code == 404
    url = f"/documents/authenticate_with_password/{CollectionViewRestriction.objects.get().pk}/"
    assert client.post(url, {"password": "sana", "return_url": "/"}).status_code == 404


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_an_editor_puts_no_page_behind_a_door(client, kind):
    client.force_login(staff(Role.EDITOR))
    for model in (HomePage, PrivacyNoticePage, FeedbackPage):
        url = f"/admin/pages/{model.objects.get().pk}/privacy/"
        offered = client.get(url).content.decode().replace("\\", "")
        assert f'value="{kind}"' not in offered
        client.post(url, {"restriction_type": kind, "password": "sana"})
    assert not PageViewRestriction.objects.exists()

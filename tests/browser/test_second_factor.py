"""C36: a passkey and an app, set up and used as people do, with Chromium's own authenticator.

On `localhost`: browsers make no passkey for an address of numbers.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from tests.browser.conftest import SIZES
from tests.browser.test_session import WARNING, Clock, again
from tests.factories import ProcessorFactory, staff
from tests.factories.staff import PASSWORD
from tests.factors import DOOR, FACTORS, SECOND_STEP, Telephone, recovery_codes, with_app

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def required(settings):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}


@pytest.fixture
def person():
    return staff(Role.COUNSELLOR)


@pytest.fixture(params=[390, 1440], ids=["phone", "desktop"])
def page(request, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": request.param, "height": SIZES[request.param]},
        locale="fi-FI",
    )
    yield context.new_page()
    context.close()


class Device:
    """What makes passkeys: Chromium's virtual authenticator."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        self.take_up()

    def take_up(self):
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})[
            "authenticatorId"
        ]

    def lose(self):
        self.session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.id})

    def refuse(self):
        self.session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False}
        )


@pytest.fixture
def device(page):
    return Device(page)


def first_step(page, person, wait_for):
    page.goto(DOOR)
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"**{wait_for}")


def leave(page):
    page.context.clear_cookies()


def check(page, title):
    assert title in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    found = Axe().run(page, context="main")
    assert found.violations_count == 0, found.generate_report()


def add_passkey(page, name):
    page.get_by_role("link", name="Lisää pääsyavain").click()
    page.fill("[name=name]", name)
    check(page, "sormenjälkeä")
    page.get_by_role("button", name="Lisää pääsyavain").click()


def test_whoever_has_none_is_led_to_a_passkey_and_then_uses_it(page, device, person, required):
    first_step(page, person, FACTORS)
    check(page, "Sinulla ei ole vielä lisävahvistusta")
    page.goto("/admin/asiakkaat/")
    assert page.url.endswith(FACTORS)

    add_passkey(page, "Työkannettava")
    page.wait_for_url("**/palautuskoodit/")
    check(page, "Kukin näistä avaa kerran")
    assert page.locator(".register-codes li").count() == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Tallenna tiedostona").click()
    assert download.value.suggested_filename == "palautuskoodit.txt"
    page.get_by_role("link", name="Jatka rekisteriin").click()
    page.goto("/admin/asiakkaat/")
    assert page.url.endswith("/admin/asiakkaat/")
    page.goto(FACTORS)
    check(page, "Työkannettava")
    # The only one stays where one is required.
    assert page.get_by_role("link", name="Poista").count() == 0
    page.get_by_role("link", name="Nimeä uudelleen").click()
    check(page, "Pääsyavain: Työkannettava")
    page.fill("[name=name]", "Kotikone")
    page.click("main [type=submit]")
    page.wait_for_selector("text=Kotikone")

    leave(page)
    first_step(page, person, SECOND_STEP)
    check(page, "Vahvista kirjautuminen")
    page.get_by_role("button", name="Käytä pääsyavainta").click()
    page.wait_for_url("**/admin/")


def test_a_lost_device_opens_nothing_and_a_recovery_code_does(page, device, person, required):
    first_step(page, person, FACTORS)
    add_passkey(page, "Puhelin")
    page.wait_for_url("**/palautuskoodit/")
    codes = page.locator(".register-codes code").all_inner_texts()
    leave(page)
    device.lose()
    device.take_up()  # another device, which knows nothing of it

    first_step(page, person, SECOND_STEP)
    page.get_by_role("button", name="Käytä pääsyavainta").click()
    page.get_by_text("Pääsyavainta ei käytetty.").wait_for()
    page.fill("[name=code]", codes[0])
    page.get_by_role("button", name="Vahvista", exact=True).click()
    page.wait_for_url("**/admin/")

    # A new one is added, the lost one removed.
    page.goto(FACTORS)
    add_passkey(page, "Uusi puhelin")
    page.wait_for_url(f"**{FACTORS}")
    page.get_by_role("link", name="Poista: Puhelin", exact=True).click()
    check(page, "Puhelin")
    page.get_by_role("button", name="Poista").click()
    page.get_by_text("Muut istuntosi ovat päättyneet").wait_for()
    assert page.get_by_role("link", name="Poista").count() == 0
    leave(page)
    first_step(page, person, SECOND_STEP)
    page.get_by_role("button", name="Käytä pääsyavainta").click()
    page.wait_for_url("**/admin/")


def test_an_app_is_added_by_its_key_and_its_codes_open(page, person, required):
    first_step(page, person, FACTORS)
    page.get_by_role("link", name="Lisää todennussovellus").click()
    picture = page.get_by_role("img", name="Kuva, josta sovellus lukee avaimen")
    assert picture.evaluate("image => image.naturalWidth") > 100
    check(page, "Kirjoita koodi")
    page.fill("[name=code]", "000000")
    page.get_by_role("button", name="Lisää sovellus").click()
    page.get_by_text("Tämä ei ole koodi, jonka sovellus nyt näyttää").wait_for()
    check(page, "Kirjoita koodi")
    telephone = Telephone(page.locator("code").inner_text().replace(" ", ""))
    page.fill("[name=code]", telephone.code())
    page.get_by_role("button", name="Lisää sovellus").click()
    page.wait_for_url("**/palautuskoodit/")

    leave(page)
    first_step(page, person, SECOND_STEP)
    page.fill("[name=code]", "123456")
    page.get_by_role("button", name="Vahvista").click()
    page.get_by_text("Koodi ei ole oikea").first.wait_for()
    check(page, "Vahvista kirjautuminen")
    page.fill("[name=code]", telephone.code(steps=1))
    page.get_by_role("button", name="Vahvista").click()
    page.wait_for_url("**/admin/")


def test_who_changes_a_factor_shows_one_first(page, person, chromium):
    telephone = with_app(person)
    first_step(page, person, SECOND_STEP)
    page.fill("[name=code]", telephone.code())
    page.get_by_role("button", name="Vahvista").click()
    page.wait_for_url("**/admin/")
    age_the_proof()
    page.goto(FACTORS)
    page.get_by_role("link", name="Näytä palautuskoodit").click()
    page.wait_for_url("**/tunnistus/**")
    check(page, "Osoita, että olet sinä")
    page.fill("[name=code]", recovery_codes(person)[0])
    page.get_by_role("button", name="Vahvista").click()
    page.wait_for_url("**/palautuskoodit/")
    assert page.locator(".register-codes li").count() == 9


def age_the_proof():
    """Let what was shown in each running session have been shown an hour ago."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.sessions.models import Session

    engine = import_module(settings.SESSION_ENGINE)
    for row in Session.objects.all():
        store = engine.SessionStore(row.session_key)
        for record in store.get("account_authentication_methods", []):
            record["at"] -= 3600
        store.modified = True
        store.save()


def test_over_an_open_page_the_passkey_lets_in_again(page, device, required, monkeypatch):
    """What was typed is still there, and is saved."""
    person, clock = staff(Role.MAIN_USER), Clock(monkeypatch)
    processor = ProcessorFactory()
    first_step(page, person, FACTORS)
    add_passkey(page, "Työkannettava")
    page.wait_for_url("**/palautuskoodit/")
    page.clock.install()
    page.goto(address(processor, "edit"))
    with page.expect_response("**/admin/session/") as answered:
        page.clock.fast_forward(16_000)
    answered.value.finished()
    page.fill("[name=name]", "Kesken jäänyt Oy")
    clock.goes_on(page, 40)
    again(page, person.username)
    dialog = page.get_by_role("alertdialog", name="Istunto on päättynyt")
    passkey = dialog.get_by_role("button", name="Käytä pääsyavainta")
    passkey.wait_for()
    passkey.click()
    page.locator(WARNING).wait_for(state="hidden")
    assert page.input_value("[name=name]") == "Kesken jäänyt Oy"
    page.click("main form [type=submit]")
    page.wait_for_url("**/kasittelijat/**")
    processor.refresh_from_db()
    assert processor.name == "Kesken jäänyt Oy"

"""What people do in a project that has the register installed, run inside that project.

The main user adds a counsellor, the service and the office; the counsellor adds a client; an
editor publishes a notice; a visitor reads it. Prints the notice as it is served.
"""

import re
from datetime import timedelta

import forms
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client as Browser
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from privacy_notice.models import PrivacyNoticePage
from register.access.standing import SYSTEM
from register.domain.staff import links
from register.models import Client, Office, Service, StaffMember
from register.reference.clock import today

PASSWORD = "kolme vihreaa kiulua"
TODAY = today()


def browser(name: str) -> Browser:
    found = Browser(headers={"host": "localhost"})
    answer = forms.open_form(found, "/admin/login/", "form").send(
        found, username=name, password=PASSWORD
    )
    assert answer.status_code == 302, errors_in(answer)
    return found


def send(visitor: Browser, address: str, **typed: object) -> None:
    answer = forms.open_form(visitor, address).send(visitor, **typed)
    assert answer.status_code == 302, errors_in(answer)


def errors_in(answer: HttpResponse) -> list[str]:
    return re.findall(r'error-message">\s*(.*?)\s*<', answer.content.decode())


def set_password(name: str) -> None:
    """Set the password by the link that the owner was given."""
    given = links.give(
        member=StaffMember.objects.get(user__username=name),
        seen=None,
        by=SYSTEM,
        today=TODAY,
        now=timezone.now(),
    )
    visitor = Browser(headers={"host": "localhost"})
    page = "/admin/salasana/"
    forms.open_form(visitor, page, "form").send(visitor, link=given.secret)
    answer = forms.open_form(visitor, page, "form").send(visitor, password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 302, errors_in(answer)


set_password("paakayttaja")
main_user = browser("paakayttaja")
assert main_user.get("/admin/").status_code == 200
papers = {
    "agreement_signed_on": str(TODAY),
    "law_trained_on": str(TODAY),
    "law_valid_until": str(TODAY + timedelta(days=300)),
    "practices_trained_on": str(TODAY),
    "practices_valid_until": str(TODAY + timedelta(days=300)),
}
send(main_user, f"/admin/henkilosto/edit/{StaffMember.objects.get().pk}/", **papers)
send(
    main_user,
    "/admin/henkilosto/create/",
    username="ohjaaja",
    first_name="Oona",
    last_name="Ohjaaja",
    email="oona@example.org",
    roles=["counsellor"],
    **papers,
)
send(main_user, "/admin/palvelut/create/", name="Uraohjaus", price="120,00")
send(main_user, "/admin/toimipaikat/create/", name="Tikkurila")
send(main_user, "/admin/kuulemiset/create/", held_on=str(TODAY))
set_password("ohjaaja")
counsellor = browser("ohjaaja")
send(
    counsellor,
    "/admin/asiakkaat/create/",
    name="Aino Esimerkki",
    email="aino@example.org",
    phone="040 123 4567",
    home_municipality="092",
    birth_year="1985",
    service=str(Service.objects.get().pk),
    office=str(Office.objects.get().pk),
    manner="remote",
    planned_end=str(TODAY + timedelta(days=90)),
)
client = Client.objects.get()
assert str(client.phone) == "+358401234567"
assert "Aino Esimerkki" in counsellor.get(f"/admin/asiakkaat/inspect/{client.pk}/").content.decode()
assert counsellor.get("/admin/henkilosto/").status_code == 404

User.objects.create_superuser("toimittaja", "toimittaja@example.org", PASSWORD)
editor = browser("toimittaja")
home = Page.objects.get(depth=2)
answer = editor.post(
    f"/admin/pages/add/privacy_notice/privacynoticepage/{home.pk}/",
    nested_form_data(
        {
            "title": "Tietosuojaseloste",
            "slug": "tietosuojaseloste",
            "intro": rich_text("<p>Näin käsittelemme tietoja.</p>"),
            "sections": streamfield([]),
            "put-back": "1",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    ),
)
assert answer.status_code == 302, errors_in(answer)
PrivacyNoticePage.objects.get().get_latest_revision().publish()
assert PrivacyNoticePage.objects.live().count() == 1

StaffMember.objects.filter(user__username="ohjaaja").update(suspended_from=TODAY)
assert counsellor.get("/admin/").status_code == 302
print(Browser(headers={"host": "localhost"}).get("/tietosuojaseloste/").content.decode())

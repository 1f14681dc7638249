"""What every screen gets from the one base."""

import pytest
from django.urls import reverse
from django.utils import translation

from register.models import Hold, LikelyDuplicate, Statistic
from register.models.staff import Role
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.screens import address
from tests.factories import ClientFactory, staff


class Holds(RegisterModelAdmin):
    model = Hold

    def prepare_list(self, rows, *, user):
        return rows.select_related("client")


def test_an_objects_own_row_is_prepared_as_the_list_unless_told():
    rows = Holds().prepare_object(Hold.objects.all(), user=None)
    assert rows.query.select_related == {"client": {}}


def test_an_object_shows_all_its_fields_unless_told(db):
    pair = LikelyDuplicate(client=ClientFactory(), other=ClientFactory())

    class Pairs(RegisterModelAdmin):
        model = LikelyDuplicate

    labels = [str(label) for label, _ in Pairs().details_of(pair)]
    assert labels == ["Asiakas", "Toinen asiakas", "Havaittu", "Selvitetty"]


def test_a_further_view_of_an_object_has_an_address_of_its_own():
    assert reverse("siirtoerat_modeladmin_download", args=["1"]) == "/admin/siirtoerat/download/1/"
    assert (
        reverse("poistolykkaykset_modeladmin_release", args=["1"])
        == "/admin/poistolykkaykset/release/1/"
    )


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Vuosi;Palvelu;Toteuttamistapa;Toimipaikka;Lukumäärä"),
        ("sv", "År;Tjänst;Sätt att genomföra;Verksamhetsställe;Antal"),
        ("en", "Year;Service;Manner of delivery;Office;Number"),
    ],
)
def test_an_export_is_headed_as_the_list(client, db, language, heading):
    from wagtail.users.models import UserProfile

    user = staff(Role.MAIN_USER)
    UserProfile.objects.create(user=user, preferred_language=language)
    Statistic.objects.create(year=2025, service_name="Uraohjaus", office_name="Vantaa", count=12)
    client.force_login(user)
    with translation.override(language):
        answer = client.get(address(Statistic, "index"), {"export": "csv"}).content.decode()
    assert answer == f"\ufeff{heading}\r\n2025;Uraohjaus;;Vantaa;12\r\n"


def test_a_form_is_about_its_own_object_unless_told():
    client = ClientFactory.build()
    form = type("Form", (), {"instance": Hold(client=client)})
    assert Holds().whose(form) == Holds().title_of(form.instance)

"""Values as a person reads them, in Finnish."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from phonenumber_field.phonenumber import PhoneNumber

from register.conf import SETTINGS
from register.models import Heartbeat, Service, ServiceOrder, StaffMember
from register.models.orders import Manner
from register.models.staff import Role
from register.wagtail_admin.base.words import (
    LONGEST_EXCERPT,
    changes_in_words,
    excerpts,
    given_back,
    in_words,
    moment,
    plain,
)
from tests.factories import ServiceFactory


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        (0, "0"),
        (True, "Kyllä"),
        (False, "Ei"),
        (date(2027, 6, 1), "1.6.2027"),
        (Decimal("1120.50"), "1\xa0120,50\xa0€"),
        (Decimal(0), "0,00\xa0€"),
        (PhoneNumber.from_string("+358401234567"), "040 1234567"),
        (PhoneNumber.from_string("+46701740621"), "+46 70 174 06 21"),
        ("Uraohjaus", "Uraohjaus"),
    ],
)
def test_a_value_reads_as_it_is_written_in_finnish(value, words):
    assert plain(value) == words


def test_a_moment_is_said_in_helsinki_time():
    assert moment(datetime(2026, 11, 26, 12, 2, tzinfo=UTC)) == "26.11.2026 klo 14.02"


def test_a_choice_is_told_by_its_label():
    manner = forms.ChoiceField(choices=Manner.choices)
    assert in_words(manner, "remote") == "Etäpalvelu"
    roles = forms.MultipleChoiceField(choices=Role.choices)
    assert in_words(roles, ["billing", "counsellor"]) == "Ohjaaja, Laskutus"
    assert in_words(roles, []) == "–"


@pytest.mark.django_db
def test_a_chosen_row_is_told_by_its_name():
    service = ServiceFactory(name="Uraohjaus")
    field = forms.ModelChoiceField(Service.objects.all())
    assert in_words(field, service) == "Uraohjaus"
    assert in_words(field, None) == "–"


def test_a_password_is_never_told():
    field = forms.CharField(label="Salasana", widget=forms.PasswordInput)
    assert in_words(field, "oikea hevonen") == "•••"
    assert given_back({"salasana": field}, QueryDict("salasana=oikea")) == []


def test_short_texts_stay_whole_and_long_ones_are_cut_to_where_they_part():
    assert excerpts("vanha", "uusi") == ("vanha", "uusi")
    beginning = "Keskusteltiin hakemuksesta ja sovittiin jatkosta. " * 5
    one, other = excerpts(f"{beginning}Tavataan tiistaina.", f"{beginning}Tavataan torstaina.")
    assert one == "…jatkosta. Tavataan tiistaina."
    assert other == "…jatkosta. Tavataan torstaina."
    _, other = excerpts(beginning, f"{beginning}Ja vielä yksi pitkä lause tämän kaiken perään.")
    assert other == "…ja sovittiin jatkosta. Ja vielä yksi pitkä lause tämän…"


LONG = st.text(st.characters(categories=["L", "Z"]), max_size=300)


@given(LONG, LONG, LONG)
def test_an_excerpt_is_short_and_shows_the_difference(beginning, one, other):
    cut = excerpts(beginning + one, beginning + other)
    assert all(len(text) <= LONGEST_EXCERPT + 2 for text in cut)
    same = (beginning + one).split() == (beginning + other).split()
    assert (cut[0] == cut[1]) == same


def test_what_was_typed_is_given_back_in_words():
    fields = {
        "name": forms.CharField(label="Nimi"),
        "day": forms.DateField(label="Päivä"),
        "sure": forms.BooleanField(label="Varma", widget=forms.HiddenInput),
        "note": forms.CharField(label="Muistiinpano", widget=forms.Textarea),
    }
    typed = QueryDict("name=&day=2027-06-01&sure=on&note=Pitk%C3%A4%0Ateksti&csrf=x")
    assert given_back(fields, typed) == [
        ("Päivä", "1.6.2027"),
        ("Muistiinpano", "Pitkä\nteksti"),
    ]
    nonsense = QueryDict("day=huomenna")
    assert given_back(fields, nonsense) == [("Päivä", "huomenna")]


def test_changes_are_told_by_the_fields_labels_and_roles_before_and_after():
    order = {"fields": ["planned_end", "specification_encrypted"], "version": 3}
    assert changes_in_words(ServiceOrder, order) == "Voimassa asti, tarkennus"
    roles = {"roles_before": ["counsellor"], "roles": ["counsellor", "billing"]}
    assert changes_in_words(StaffMember, roles) == "Roolit: Ohjaaja → Ohjaaja, Laskutus"
    assert changes_in_words(StaffMember, {"account": ["password"]}) == "Salasana"
    assert changes_in_words(StaffMember, {"roles": []}) == "Roolit: –"
    assert changes_in_words(ServiceOrder, {"fields": ["a_field_of_yesterday"]}).startswith("A_f")
    assert changes_in_words(ServiceOrder, {}) == ""


@pytest.mark.parametrize(
    ("name", "both", "words"),
    [
        (
            "EXPIRED_TRAINING_LOCKS_AFTER",
            ["never", "30 days, 0:00:00"],
            "Kuinka kauan päättymisensä jälkeen koulutus lukitsee rekisterin: ei koskaan → "
            "30 päivää",
        ),
        ("LOG_YEARS", ["5", "2"], "Kuinka monta vuotta käyttölokia säilytetään: 5 → 2"),
        (
            "SECOND_FACTOR_REQUIRED",
            ["True", "False"],
            "Vaaditaanko henkilöstön jokaiseen kirjautumiseen lisävahvistus: Kyllä → Ei",
        ),
        (
            "LINK_TIME",
            [None, "1 day, 2:01:05"],
            "Kuinka kauan sähköpostitse lähetetty linkki uuteen salasanaan toimii: – → "
            "1 päivä 2 tuntia 1 minuutti 5 sekuntia",
        ),
        (
            "HEALTH_TOKEN",
            ["0123456789ab", "ba9876543210"],
            "Millä toisen koneen valvonta saa lukea osoitteen /healthz; tyhjänä ei millään: "
            "muutettu",
        ),
        ("GONE_SINCE", ["a", "b"], "GONE_SINCE: a → b"),
    ],
)
def test_a_setting_is_told_by_what_it_decides(name, both, words):
    assert changes_in_words(Heartbeat, {"settings": {name: both}}) == words


def test_each_setting_has_its_sentence_in_finnish():
    with translation.override("en"):
        english = {name: str(each.decides) for name, each in SETTINGS.items()}
    assert not [name for name, each in SETTINGS.items() if str(each.decides) == english[name]]

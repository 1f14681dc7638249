"""C44, O5, R06: the sentence on the card says what is true on the day, and no more."""

from datetime import date
from uuid import UUID

import pytest
from django.utils import translation

from register.domain.retention.erasure_date import ClientEnds, EndedBy, OrderEnd, Postponed
from register.domain.retention.erasure_words import order_sentence, sentence
from register.models.retention import HoldGround

TODAY = date(2026, 11, 27)
ADDED = date(2026, 4, 3)


@pytest.fixture(autouse=True)
def in_finnish():
    with translation.override("fi"):
        yield


def client(*orders, hold=None, **facts):
    return ClientEnds(created_on=ADDED, orders=orders, holds=(hold,) if hold else (), **facts)


def career(ends_on, ended_by=EndedBy.VALIDITY, **facts):
    return OrderEnd(
        key=UUID(int=1), service="Uraohjaus", ends_on=ends_on, ended_by=ended_by, **facts
    )


def hold(review_on=date(2027, 3, 1)):
    return Postponed(ground=HoldGround.LEGAL_CLAIMS, review_on=review_on)


@pytest.mark.parametrize(
    ("ends", "today", "told"),
    [
        (
            client(career(date(2027, 9, 30))),
            TODAY,
            "Poistetaan tammikuussa 2028, koska Uraohjaus päättyy 30.9.2027.",
        ),
        (
            client(career(date(2026, 11, 25), EndedBy.END)),
            TODAY,
            "Poistetaan tammikuussa 2027, koska Uraohjaus päättyi 25.11.2026.",
        ),
        (
            client(career(TODAY, EndedBy.END)),
            TODAY,
            "Poistetaan tammikuussa 2027, koska Uraohjaus päättyi 27.11.2026.",
        ),
        (
            client(career(TODAY)),
            TODAY,
            "Poistetaan tammikuussa 2027, koska Uraohjaus on voimassa tänään, 27.11.2026.",
        ),
        (
            client(career(date(2026, 9, 30))),
            TODAY,
            "Poistetaan tammikuussa 2027, koska Uraohjaus oli voimassa 30.9.2026 asti.",
        ),
        (
            client(career(date(2026, 10, 3), EndedBy.MEETING)),
            TODAY,
            "Poistetaan tammikuussa 2027, koska viimeisin tapaaminen (Uraohjaus) oli 3.10.2026.",
        ),
        (
            client(),
            TODAY,
            "Poistetaan tammikuussa 2027, koska palvelua ei ole tilattu 3.4.2026 jälkeen.",
        ),
        (
            client(career(date(2027, 9, 30)), hold=hold()),
            TODAY,
            "Poisto on lykätty, ja lykkäys tarkistetaan viimeistään 1.3.2027. Ilman lykkäystä "
            "poistettaisiin tammikuussa 2028, koska Uraohjaus päättyy 30.9.2027.",
        ),
        (
            client(career(date(2025, 9, 30)), hold=hold(date(2026, 11, 1))),
            TODAY,
            "Poisto on lykätty; lykkäyksen tarkistus on ollut myöhässä 1.11.2026 alkaen. "
            "Poistetaan seuraavassa ajossa lykkäyksen purkamisen jälkeen, koska Uraohjaus oli "
            "voimassa 30.9.2025 asti.",
        ),
        (
            client(career(date(2025, 9, 30))),
            TODAY,
            "Poistetaan lähipäivinä, koska Uraohjaus oli voimassa 30.9.2025 asti.",
        ),
        (
            client(career(date(2026, 12, 31), EndedBy.END)),
            date(2027, 1, 2),
            "Poistetaan viimeistään 31.1.2027, koska Uraohjaus päättyi 31.12.2026.",
        ),
        (
            client(career(date(2026, 12, 31), EndedBy.END, unsettled=True)),
            date(2027, 1, 2),
            "Poistetaan, kun laskutus on valmis, viimeistään 31.1.2027, koska Uraohjaus päättyi "
            "31.12.2026.",
        ),
    ],
)
def test_what_the_card_says(ends, today, told):
    assert sentence(ends, today=today) == told


def test_the_ground_of_a_hold_is_told_to_those_who_see_holds():
    ends = client(career(date(2027, 9, 30)), hold=hold())
    assert "oikeus" not in sentence(ends, today=TODAY).casefold()
    assert "Peruste: Oikeusvaade (GDPR 17 art. 3 e)." in sentence(
        ends, today=TODAY, with_ground=True
    )


def test_the_last_of_the_orders_decides_and_each_order_has_its_own_day():
    """O6."""
    first, last = (
        career(date(2026, 9, 30)),
        OrderEnd(key=UUID(int=2), service="CV-klinikka", ends_on=date(2027, 2, 1)),
    )
    ends = client(first, last)
    assert "CV-klinikka päättyy 1.2.2027" in sentence(ends, today=TODAY)
    assert order_sentence(ends, first, today=TODAY) == (
        "Tämän palvelun tiedot poistetaan tammikuussa 2027."
    )
    assert order_sentence(ends, last, today=TODAY) == (
        "Tämän palvelun tiedot poistetaan tammikuussa 2028."
    )
    ended = ends.but(last.ended(on=TODAY))
    assert sentence(ended, today=TODAY) == (
        "Poistetaan tammikuussa 2027, koska CV-klinikka päättyi 27.11.2026."
    )


def test_an_order_on_hold_or_due_says_so():
    order = career(date(2026, 9, 30))
    told = order_sentence(client(order, hold=hold()), order, today=TODAY)
    assert told == "Tämän palvelun tietojen poistoa on lykätty."
    told = order_sentence(client(order), order, today=date(2027, 1, 5))
    assert told == "Tämän palvelun tiedot poistetaan viimeistään 31.1.2027."
    told = order_sentence(client(order), order, today=date(2027, 3, 5))
    assert told == "Tämän palvelun tiedot poistetaan lähipäivinä."

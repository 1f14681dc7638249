"""What names the contact person is put into a published text when it is shown, and only then."""

import random
from datetime import date, timedelta

import pytest

from privacy_notice import slots
from register.domain.retention.due import decide
from tests.factories import ClientFactory, ServiceOrderFactory

FACTS = {
    "name": "Yritys Oy",
    "contact_name": "Aino <b>",
    "contact_phone": "010 420 4140",
    "contact_email": "aino@example.org",
}
TEXT = "".join(slots.slotted(FACTS).values())


def test_the_text_holds_nothing_of_the_person():
    assert slots.emptied(FACTS) == {"name": "Yritys Oy"}
    for name in slots.NAMES:
        assert FACTS[name] not in TEXT


def test_the_slots_take_the_values_and_their_links():
    assert slots.fill(TEXT, FACTS) == (
        "Yritys OyAino &lt;b&gt;"
        '<a href="tel:+358104204140">010 420 4140</a>'
        '<a href="mailto:aino@example.org">aino@example.org</a>'
    )


def test_without_a_contact_each_slot_is_masked():
    masked = slots.fill(TEXT, None)
    assert masked.count("entinen yhteyshenkilö") == len(slots.NAMES)
    assert "href" not in masked


def test_what_an_editor_writes_is_no_slot():
    escaped = "&lt;slot name=&quot;contact_name&quot;&gt;&lt;/slot&gt;"
    assert slots.fill(escaped, FACTS) == escaped


def test_a_year_follows_the_day_on_which_the_text_is_read():
    text = slots.of_years()["this_year"] + " " + slots.of_years()["erasure_year"]
    assert slots.fill(text, None, day=date(2026, 12, 31)) == "2026 2027"
    assert slots.fill(text, None, day=date(2027, 1, 1)) == "2027 2028"


RANDOM = random.Random(44)
DAYS = [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)] + [
    date(2026, 1, 1) + timedelta(days=RANDOM.randrange(3650)) for _ in range(25)
]


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_example_says_what_the_engine_does(day):
    """C44: what ends in April of this year is erased in January of the year that is named."""
    this_year, erased_in = (int(slots.YEARS[name](day)) for name in slots.YEARS)
    assert this_year == day.year
    client = ClientFactory()
    ends = date(this_year, 4, day.day % 30 + 1)
    starts = date(this_year, 1, 2)
    order = ServiceOrderFactory(client=client, starts_on=starts, planned_end=ends, price=0)
    before, january = date(erased_in - 1, 12, 31), date(erased_in, 1, 31)
    assert not decide([client.pk], today=before).orders
    assert decide([client.pk], today=january).orders == {order.pk: client.pk}

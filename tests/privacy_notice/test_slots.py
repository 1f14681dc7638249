"""What names the contact person is put into a published text when it is shown, and only then."""

from privacy_notice import slots

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

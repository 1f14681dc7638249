"""C28: the countries where personal data may be."""

from django.utils import translation

from register.reference.countries import COUNTRIES, EEA, EU, country_choices


def test_the_european_economic_area_is_the_union_and_three_more():
    assert len(EU) == 27
    assert set(EEA) - set(EU) == {"IS", "LI", "NO"}


def test_countries_outside_are_not_offered():
    assert not {"GB", "US", "CH", "RU"} & set(COUNTRIES)


def test_they_come_in_the_readers_order():
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            names = [name for _, name in country_choices()]
        assert len(names) == 30
        assert names == sorted(names)

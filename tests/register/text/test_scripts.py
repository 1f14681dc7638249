"""Letters that look alike are of one alphabet."""

import pytest
from django.core.exceptions import ValidationError

from register.text.scripts import mixes_scripts, validate_one_script


@pytest.mark.parametrize(
    "text",
    ["Mаija", "mаija.virtanen", "Οnni", "Ѕami", "pаypal", "Ꭺnna", "ꓮnna", "Նina" + "n", "Ｍаija"],
)
def test_a_letter_of_another_alphabet_is_noticed(text):
    assert mixes_scripts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Maija Åström-Öhman",
        "Иван",
        "Γιώργος",
        "王小明",
        "محمد",
        "Siđđa Čáhppes",
        "x1-9_@ª",
        "",
    ],
)
def test_one_alphabet_is_none_of_its_business(text):
    assert not mixes_scripts(text)


def test_words_of_several_alphabets_may_stand_side_by_side():
    validate_one_script("Иван Petrov")
    with pytest.raises(ValidationError):
        validate_one_script("Ivan Pеtrov")

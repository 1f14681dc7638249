"""A text is as long as what a reader sees of it."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from privacy_notice.prose import lengths


def test_markup_is_not_counted_and_an_entity_is_one_character():
    assert lengths.length(RichText('<p><a href="https://example.org">a &amp; b</a></p>')) == 5
    assert lengths.length(None) == 0


def test_the_limit_itself_is_let_through_and_one_more_is_not():
    lengths.validate_length("a" * lengths.LONGEST_TEXT)
    with pytest.raises(ValidationError, match=f"{lengths.LONGEST_TEXT + 1}"):
        lengths.validate_length("a" * (lengths.LONGEST_TEXT + 1))

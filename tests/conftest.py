"""What every test may rely on."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def finnish():
    """Screens and messages are Finnish unless a test says otherwise."""
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield

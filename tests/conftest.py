"""What every test may rely on."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is slow, which is no failure: tests assert no times.
hypothesis_settings.register_profile(
    "futuuri", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("futuuri")


@pytest.fixture(autouse=True)
def finnish():
    """Screens and messages are Finnish unless a test says otherwise."""
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def site_content(db):
    """The public pages as `create_site_content` makes them."""
    from futuuri_site.content import pages

    pages.create()

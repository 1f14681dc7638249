"""One table of facts for sentences, from the settings and the engine's own periods."""

import pytest
from wagtail.models import Site

from privacy_notice import facts
from privacy_notice.prose.inline_facts import printed, published, table
from register.models import Controller

pytestmark = pytest.mark.django_db


def test_each_published_setting_and_each_period_has_a_name_and_words(site_content):
    known = table()
    settings = {field.name for field in Controller._meta.concrete_fields}
    assert settings & set(facts.controller(Controller.objects.get())) < set(known)
    assert all(str(fact.label) for fact in known.values())
    assert all(printed(list(known)))


def test_a_period_is_the_engines(settings):
    settings.REGISTER = {**settings.REGISTER, "VOUCHER_YEARS": 8, "EXPORT_FILE_DAYS": 1}
    assert printed(["voucher_years", "export_file_days", "backup_days"]) == [
        "8 vuotta",
        "1 päivä",
        "30 päivää",
    ]


def test_without_a_site_nothing_is_known_of_the_controller():
    Site.objects.all().delete()
    assert published() == {}
    assert printed(["phone"]) == [""]

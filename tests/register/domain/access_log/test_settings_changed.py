"""C38: a setting that was changed on the server is in the log of use, with old and new."""

from datetime import date, timedelta

import pytest

from register.domain.access_log import settings_changed
from register.models import AccessLogEntry
from register.tasks import entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def note():
    return settings_changed.note(today=TODAY)


def last():
    return AccessLogEntry.objects.latest("pk")


def test_the_first_entry_says_what_holds_and_no_other_follows():
    assert note() == 0
    assert last().details["settings"] == {}
    assert last().details["all"]["LOG_YEARS"] == "5"
    assert note() == 0
    assert AccessLogEntry.objects.count() == 1


def test_a_change_is_told_with_old_and_new(settings):
    note()
    grace = timedelta(days=3)
    settings.REGISTER = {**settings.REGISTER, "LOG_YEARS": 2, "ACKNOWLEDGE_WITHIN": grace}
    assert note() == 2
    assert last().details["settings"]["LOG_YEARS"] == ["5", "2"]
    assert last().details["settings"]["ACKNOWLEDGE_WITHIN"][1] == str(grace)
    assert last().actor is None
    assert note() == 0


def test_of_what_is_secret_only_the_change_is_told(settings):
    note()
    settings.REGISTER = {**settings.REGISTER, "HEALTH_TOKEN": "salainen-salainen-salainen"}
    assert note() == 1
    keys = settings.REGISTER["ENCRYPTION_KEYS"]
    secrets = ["salainen", str(settings.REGISTER["PRIVATE_DIR"]), *keys.values()]
    for each in AccessLogEntry.objects.all():
        assert not [secret for secret in secrets if secret in str(each.details)]


def test_it_is_looked_at_before_each_seal():
    """A change that is undone on the same day leaves its entries."""
    entry.seal_log()
    assert last().view == settings_changed.VIEW

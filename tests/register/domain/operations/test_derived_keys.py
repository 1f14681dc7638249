"""Stale keys are found and made anew; nobody's page becomes stale by it."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from register.domain.operations import derived_keys
from register.models import Client, StaffMember
from tests.factories import BookkeepingRowFactory, ClientFactory, OfficeFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(monkeypatch):
    """Rows that somebody changed where no verb was: in the database, or in the user's table."""
    monkeypatch.setattr(derived_keys, "BATCH", 2)
    for _ in range(5):
        ClientFactory(name="Maija Aho")
    QuerySet(Client).update(name="Maija Örn")
    BookkeepingRowFactory()
    OfficeFactory()
    user = StaffMemberFactory().user
    user.last_name = "Örn"
    user.save()


def test_they_are_counted(stale):
    assert derived_keys.count_stale() == {"register.Client": 5, "register.StaffMember": 1}


def test_they_are_made_anew(stale):
    versions = sorted(Client.objects.values_list("pk", "version"))
    assert derived_keys.mend() == ({"register.Client": 5, "register.StaffMember": 1}, None)
    assert set(Client.objects.values_list("sort_key", flat=True)) == {"}rn maija"}
    assert StaffMember.objects.get().sort_key.startswith("}rn ")
    assert sorted(Client.objects.values_list("pk", "version")) == versions
    assert derived_keys.mend() == ({}, None)
    assert derived_keys.count_stale() == {}


def test_they_are_made_anew_in_slices(stale):
    place, slices, done = None, 0, 0
    while slices == 0 or place:
        counts, place = derived_keys.mend(place=place, until=0)
        slices, done = slices + 1, done + sum(counts.values())
    assert (slices, done) == (7, 6)
    assert derived_keys.count_stale() == {}


def test_a_key_that_is_another_rows_is_left_to_a_person(stale, caplog):
    one, other = StaffMemberFactory(user__username="aino"), StaffMemberFactory(user__last_name="X")
    for member, changes in ((one, {"last_name": "Y"}), (other, {"username": "AINO"})):
        get_user_model().objects.filter(pk=member.user_id).update(**changes)
    derived_keys.mend()
    assert derived_keys.count_stale() == {"register.StaffMember": 1}
    assert StaffMember.objects.get(pk=one.pk).sort_key.startswith("y ")
    assert f"register.StaffMember {other.pk}" in caplog.text


def test_the_command_tells_and_mends(stale, capsys):
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_derived_keys")
    assert re.search(r"register\.Client: \D*5\b", capsys.readouterr().out)
    call_command("check_derived_keys", "--mend")
    call_command("check_derived_keys")


def test_every_model_with_a_key_is_looked_at():
    assert {"Client", "BookkeepingRow", "StaffMember", "Office", "Service", "Processor"} <= {
        model.__name__ for model in derived_keys.keyed_models()
    }

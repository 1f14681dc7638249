"""C18: only the keys that the database knows are used, and what it needs is not taken away."""

import base64
import os
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from register.domain.operations import keys
from register.exceptions import KeyUnknown
from register.models import AccessLogEntry, EncryptionKey, Note
from tests.factories import NoteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
MISSING = "Avain old puuttuu, ja tallennetut tekstit tarvitsevat sitä: palauta se."


def a_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


OLD, NEW = a_key(), a_key()


@pytest.fixture
def use(settings):
    def put(known: bool = True, **given: str) -> None:
        settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": given}
        if known:
            keys.enroll(today=TODAY)

    EncryptionKey.objects.all().delete()
    put(old=OLD)
    return put


def test_a_new_database_knows_its_first_keys_and_takes_no_other_by_itself(use):
    EncryptionKey.objects.all().delete()
    keys.enroll_first()
    assert list(keys.problems()) == []
    use(known=False, new=NEW, old=OLD)
    keys.enroll_first()
    assert list(keys.problems()) == [
        "Avain new on uusi tälle tietokannalle: aja manage.py enroll_encryption_keys."
    ]


def test_another_key_under_the_same_id_is_refused(use):
    """The guide's example, followed twice."""
    NoteFactory()
    use(known=False, old=NEW)
    with pytest.raises(ImproperlyConfigured, match="Avain old on eri avain"):
        keys.refuse_unknown()
    with pytest.raises(KeyUnknown, match="old"):
        keys.enroll(today=TODAY)
    with pytest.raises(CommandError, match="old"):
        call_command("enroll_encryption_keys")
    use(old=OLD)
    assert Note.objects.get().text == "Keksitty muistiinpano."


def test_an_id_that_looks_like_a_retired_one_is_refused(use):
    use(**{"2026-1": NEW})
    use(known=False, **{"2026-l": OLD})
    with pytest.raises(KeyUnknown, match="2026-l looks like 2026-1"):
        keys.enroll(today=TODAY)
    assert set(EncryptionKey.objects.values_list("key_id", flat=True)) == {"old", "2026-1"}


def test_a_key_that_is_needed_is_missed(use):
    use(new=NEW)
    assert list(keys.problems()) == [MISSING]


def test_a_retired_key_may_go_unless_something_was_written_under_it_since(use):
    use(new=NEW, old=OLD)
    assert keys.retire_others(today=TODAY) == ["old"]
    use(new=NEW)
    assert list(keys.problems()) == []
    use(old=OLD)
    NoteFactory()
    use(new=NEW)
    assert list(keys.problems()) == [MISSING]


def test_a_key_that_is_lost_for_good_is_given_up_by_name(use, capsys):
    NoteFactory.create_batch(2)
    with pytest.raises(CommandError, match="old is no missing key"):
        call_command("enroll_encryption_keys", give_up="old")
    use(new=NEW)
    call_command("enroll_encryption_keys", give_up="old")
    assert "2" in capsys.readouterr().out
    assert list(keys.problems()) == []
    use(new=NEW, old=OLD)
    assert Note.objects.first().text == "Keksitty muistiinpano."


def test_a_key_that_encrypts_again_is_no_longer_retired(use):
    use(new=NEW, old=OLD)
    keys.retire_others(today=TODAY)
    use(old=OLD, new=NEW)
    assert keys.retire_others(today=TODAY) == ["new"]
    assert EncryptionKey.objects.get(key_id="old").retired_on is None


def test_new_ids_are_made_from_the_day_and_never_twice(use):
    assert keys.new_id(today=TODAY) == "2026-11-26"
    use(**{"2026-11-26": NEW})
    use(old=OLD)
    assert keys.new_id(today=TODAY) == "2026-11-26-2"


def test_a_fingerprint_gives_nothing_of_the_key_away(use):
    stored = EncryptionKey.objects.get().fingerprint
    assert len(stored) == 64
    assert base64.b64decode(OLD).hex() != stored


def test_each_change_of_a_key_is_in_the_log_and_names_it(use):
    use(new=NEW, old=OLD)
    keys.retire_others(today=TODAY)
    keys.retire_others(today=TODAY)
    use(new=NEW)
    keys.give_up("old", today=TODAY)
    ids = dict(EncryptionKey.objects.values_list("key_id", "pk"))
    told = AccessLogEntry.objects.order_by("pk").values_list("action", "object_key", "details")
    assert list(told) == [
        ("create", str(ids["new"]), {}),
        ("change", str(ids["old"]), {"fields": ["retired_on"]}),
        ("change", str(ids["old"]), {"fields": ["given_up_on"]}),
    ]


def test_a_look_each_minute_reads_no_text(use, django_assert_num_queries):
    use(new=NEW, old=OLD)
    keys.retire_others(today=TODAY)
    use(new=NEW)
    with django_assert_num_queries(1):
        assert list(keys.problems(read_texts=False)) == []

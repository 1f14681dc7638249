"""Who processes data is told by what they do and where, and no company is named (C26–C28, O14)."""

from datetime import timedelta

import pytest

from privacy_notice import facts
from register.models.processors import ProcessorKind
from register.reference.clock import today
from tests.factories import ProcessorFactory

pytestmark = pytest.mark.django_db


def test_nobody_is_told_while_nobody_is_in_use():
    ProcessorFactory(active=False)
    assert facts.processors() == []


def test_each_kind_is_one_row_with_its_countries():
    ProcessorFactory(name="Salainen Oy", hosting_country="SE")
    ProcessorFactory(name="Toinen Oy", hosting_country="FI")
    ProcessorFactory(kind=ProcessorKind.HOSTING, country="DE", hosting_country="DE")
    finance, hosting = facts.processors()
    assert (finance["key"], hosting["key"]) == ("finance", "hosting")
    assert finance["countries"] == ["Suomi"]
    assert finance["systems"] == ["Ruotsi", "Suomi"]
    assert hosting["countries"] == hosting["systems"] == ["Saksa"]
    assert "Oy" not in str(facts.processors())


def test_an_assessment_counts_while_each_is_new_enough():
    """C27: told as done only when it is."""
    ProcessorFactory(security_assessed_on=today())
    assert [each["assessed"] for each in facts.processors()] == [True]
    ProcessorFactory(security_assessed_on=today() - timedelta(days=366))
    assert [each["assessed"] for each in facts.processors()] == [False]


def test_one_that_was_never_assessed_is_not():
    ProcessorFactory(security_assessed_on=None)
    assert [each["assessed"] for each in facts.processors()] == [False]


def test_who_keeps_the_backups_is_told_like_the_others():
    """O14: a copy of the data is data."""
    ProcessorFactory(kind="backup", country="FI", hosting_country="FI")
    (told,) = facts.processors()
    assert told["label"].startswith("Varmuuskopiointi")

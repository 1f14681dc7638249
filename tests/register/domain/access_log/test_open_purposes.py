"""C19: what clients were not told of is not done."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from register.access.standing import SYSTEM
from register.domain.access_log import open_purposes
from register.domain.access_log.recording import record
from register.exceptions import UntoldPurpose
from register.inventory import Field, inventory
from register.inventory.vocabulary import Category, Purpose
from register.models import Client, MaterialChange, Note, PublishedPurpose
from register.models.access_log import Action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shut_purposes")]
PAIR = (Category.CONTENT.value, Purpose.FEEDBACK.value)


@pytest.fixture
def new_purpose(monkeypatch):
    """What is noted in the service is used for feedback as well, says the inventory."""
    terms = inventory.terms(Category.CONTENT)
    more = replace(terms, purposes=(*terms.purposes, Purpose.FEEDBACK))
    monkeypatch.setitem(inventory._terms, Category.CONTENT, more)


def use(model=Note, purpose=Purpose.FEEDBACK):
    record(by=SYSTEM, action=Action.VIEW, purpose=purpose, model=model, view="test")


def test_all_that_was_done_when_this_came_is_open():
    assert open_purposes.untold() == set()
    assert open_purposes.declared() == open_purposes.opened()


def test_a_purpose_that_only_the_code_knows_is_shut(new_purpose):
    assert open_purposes.untold() == {PAIR}
    with pytest.raises(UntoldPurpose, match="Palautteen kerääminen"):
        use()
    use(purpose=Purpose.GUIDANCE)


def test_it_is_shut_while_its_change_is_unfinished(new_purpose):
    change = MaterialChange.objects.create(notice_version=2, published_on=date(2027, 3, 1))
    PublishedPurpose.objects.create(
        category=Category.CONTENT, purpose=Purpose.FEEDBACK, change=change
    )
    with pytest.raises(UntoldPurpose):
        use()
    MaterialChange.objects.update(finished_on=date(2027, 3, 2))
    use()


def test_of_several_categories_of_a_model_all_must_have_it_open(monkeypatch):
    found = inventory[Note._meta.label]
    both = replace(found, personal={**found.personal, "basis": Field(category=Category.SERVICE)})
    monkeypatch.setitem(inventory._declarations, found.model, both)
    use(purpose=Purpose.GUIDANCE)
    PublishedPurpose.objects.filter(category=Category.SERVICE, purpose=Purpose.GUIDANCE).delete()
    with pytest.raises(UntoldPurpose):
        use(purpose=Purpose.GUIDANCE)


def test_what_is_rolled_back_is_not_remembered(new_purpose):
    PublishedPurpose.objects.create(category=Category.CONTENT, purpose=Purpose.FEEDBACK)
    use()
    PublishedPurpose.objects.filter(category=Category.CONTENT, purpose=Purpose.FEEDBACK).delete()
    with pytest.raises(UntoldPurpose):
        use()


@pytest.mark.django_db(transaction=True)
def test_what_was_open_is_asked_once(django_assert_num_queries):
    open_purposes.require_open(Purpose.GUIDANCE, Client)
    with django_assert_num_queries(0):
        open_purposes.require_open(Purpose.GUIDANCE, Client)


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_begins_anew():
    call_command("flush", interactive=False, verbosity=0)
    assert open_purposes.untold() == set()


def test_what_exists_is_not_added_to(new_purpose):
    """A migration opens no purpose."""
    open_purposes.begin()
    assert open_purposes.untold() == {PAIR}

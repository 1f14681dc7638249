"""C19, C01: from a purpose in the code to its use, through the approval and the clients."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from privacy_notice.approval import views
from privacy_notice.approval.looking import Proposal
from privacy_notice.models import NoticeVersion
from privacy_notice.versions.putting_back import put_back
from register.access.standing import SYSTEM
from register.domain.access_log.recording import record
from register.domain.notices import giving
from register.exceptions import UntoldPurpose
from register.inventory import inventory
from register.inventory.vocabulary import Category, Purpose
from register.models import MaterialChange, Note, NoticeGiven, PublishedPurpose
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import ClientFactory, staff
from tests.privacy_notice.approval.acting import WHY, approved, current, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content", "shut_purposes")


@pytest.fixture
def new_purpose(monkeypatch, site_content):
    terms = inventory.terms(Category.CONTENT)
    more = replace(terms, purposes=(*terms.purposes, Purpose.FEEDBACK))
    monkeypatch.setitem(inventory._terms, Category.CONTENT, more)


def use():
    record(by=SYSTEM, action=Action.VIEW, purpose=Purpose.FEEDBACK, model=Note, view="test")


def is_shut():
    try:
        use()
    except UntoldPurpose:
        return True
    return False


def tell_all():
    rows = list(NoticeGiven.objects.to_be_told().values_list("pk", flat=True))
    giving.tell(rows=rows, given_on=today(), by=staff(Role.MAIN_USER), today=today())


def test_a_new_purpose_is_shut_until_every_client_was_told(new_purpose):
    ClientFactory.create_batch(2)
    assert is_shut()
    page = submitted()
    assert len(Proposal(page, now=timezone.now()).new_purposes) == 1
    with pytest.raises(ValidationError, match="Palautteen kerääminen"):
        approved(page)
    assert (current().number, is_shut()) == (1, True)
    approved(page, material=True)
    assert (current().number, is_shut()) == (2, True)
    tell_all()
    assert not is_shut()
    assert MaterialChange.objects.get().finished_on == today()


def test_the_change_says_why_and_where_the_public_sees_it(client):
    ClientFactory()
    approved(submitted(), material=True)
    change = MaterialChange.objects.get()
    assert (change.notice_version, change.published_on, change.reason) == (2, today(), WHY)
    assert client.get(change.address).status_code == 200
    assert "1-2" in change.address


def test_what_is_not_material_lists_nobody():
    ClientFactory()
    approved(submitted())
    assert not MaterialChange.objects.exists()
    assert not NoticeGiven.objects.exists()


def test_the_first_content_lists_nobody():
    ClientFactory()
    assert NoticeVersion.objects.exists()
    assert not MaterialChange.objects.exists()


def test_putting_back_changes_nothing(new_purpose):
    ClientFactory()
    approved(submitted(), material=True)
    PublishedPurpose.objects.create(category=Category.FEEDBACK, purpose=Purpose.BILLING)
    put_back(notice(), seen=1, reason="Vahinko", by=staff(Role.MAIN_USER), now=timezone.now())
    assert current().number == 3
    assert PublishedPurpose.objects.filter(category=Category.FEEDBACK).count() == 3
    assert MaterialChange.objects.get().notice_version == 2
    assert is_shut()


def test_a_scheduled_publication_lists_those_of_its_day(new_purpose, set_clock):
    moment = timezone.now() + timedelta(hours=72)
    approved(submitted(go_live_at=moment), material=True)
    assert not MaterialChange.objects.exists()
    ClientFactory(created_on=today() + timedelta(days=2))
    set_clock(moment + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert current().number == 2
    assert MaterialChange.objects.get().published_on == today()
    assert NoticeGiven.objects.count() == 1


def test_a_purpose_that_came_after_the_approval_is_not_opened_by_it(monkeypatch, set_clock):
    """Its facts are others than were approved: the publication stops."""
    moment = timezone.now() + timedelta(hours=72)
    approved(submitted(go_live_at=moment))
    terms = inventory.terms(Category.CONTENT)
    more = replace(terms, purposes=(*terms.purposes, Purpose.FEEDBACK))
    monkeypatch.setitem(inventory._terms, Category.CONTENT, more)
    set_clock(moment + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert current().number == 1
    assert is_shut()


def test_the_screen_ticks_and_locks_it_and_says_why(client, new_purpose):
    page = submitted()
    client.force_login(staff(Role.DATA_PROTECTION))
    shown = client.get(reverse(views.APPROVAL, args=[page.pk]))
    page = shown.content.decode()
    assert re.search(r'<input[^>]*name="material"[^>]* disabled[^>]* checked', page)
    assert "Palautteen kerääminen (" in page

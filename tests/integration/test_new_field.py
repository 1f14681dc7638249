"""A new personal field: declared, proposed, approved, and only then public (C01, C23)."""

from dataclasses import replace

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from futuuri_site.content import pages
from privacy_notice.approval.looking import Proposal
from privacy_notice.dpv.twin import twin
from privacy_notice.models import Freshness
from privacy_notice.versions.freezing import text_of
from privacy_notice.watch import changed_facts
from register.inventory import inventory
from register.models import Client
from register.models.staff import Role
from register.reference.clock import today
from register.text.normal_form import one_line
from tests.factories import staff
from tests.privacy_notice.approval.acting import approved, notice

pytestmark = pytest.mark.django_db
FIELD = "birth_year"
LABEL = "Syntymävuosi"


@pytest.fixture
def declare(monkeypatch):
    """Declare the fields of a client with the newest, or as it was before there was one."""
    as_it_is = inventory[Client._meta.label]
    others = {name: told for name, told in as_it_is.personal.items() if name != FIELD}

    def change(*, with_it):
        fields = as_it_is if with_it else replace(as_it_is, personal=others)
        monkeypatch.setitem(inventory._declarations, as_it_is.model, fields)

    return change


def refused():
    return [each.id for each in run_checks(tags=["register"]) if FIELD in each.msg]


def public(client):
    """Return what people read, and machines, made anew."""
    Freshness.objects.raise_number()
    addresses = notice().url, f"{notice().url}tiedot/"
    return [one_line(client.get(address).content.decode()) for address in addresses]


def test_it_is_public_once_it_is_declared_proposed_and_approved(client, declare, settings):
    contact = staff(Role.DATA_PROTECTION)
    declare(with_it=False)
    pages.create(languages=[settings.LANGUAGE_CODE])
    assert refused()  # nobody can run the field before it is declared
    assert not any(LABEL in text for text in public(client))

    declare(with_it=True)
    assert not refused()
    assert changed_facts.look_at_all(today=today())
    proposal = Proposal(notice(), now=timezone.now())
    changes = "".join(each.html for section in proposal.by_facts for each in section.changes)
    assert proposal.waiting
    assert LABEL in changes
    assert LABEL in str(twin(proposal.told, text_of(proposal.draft), language="fi"))
    assert not any(LABEL in text for text in public(client))

    approved(notice(), by=contact)
    assert all(LABEL in text for text in public(client))

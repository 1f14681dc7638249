"""Whatever shows somebody's data leaves an entry in the log of use, on every screen (C38)."""

from contextlib import suppress
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse

from register.domain.notices import publication
from register.models import AccessLogEntry, LikelyDuplicate, StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.wagtail_admin.base.screens import SCREENS
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    ErasureListFactory,
    ExportBatchFactory,
    HoldFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    staff,
)
from tests.integration.conftest import EMAIL, NAME
from tests.integration.test_matrix import plain_admin_addresses

pytestmark = pytest.mark.django_db
OTHER = "Salainen Työtoveri"
ACTIONS = ("inspect", "edit", "history", "delete")


@pytest.fixture
def world(case):
    """One of everything, about a client and a colleague whose names are known."""
    colleague = staff(Role.COUNSELLOR)
    first, last = OTHER.split()
    get_user_model().objects.filter(pk=colleague.pk).update(first_name=first, last_name=last)
    HoldFactory(client=case.subject, set_by=colleague)
    LikelyDuplicate.objects.create(client=case.subject, other=ClientFactory())
    batch = ExportBatchFactory(made_by=colleague)
    BookkeepingRowFactory(name=NAME, email=EMAIL, batch=batch)
    ErasureListFactory(), ProcessorFactory(), ServiceFactory(), OfficeFactory()
    publication.publish(
        version=2, material=True, reason="Muutos", address="/", today=case.subject.created_on
    )
    return case


def addresses():
    yield from (url for url in plain_admin_addresses() if "logout" not in url)
    for model, screen in SCREENS.items():
        for row in model._default_manager.all()[:5]:
            for action in ACTIONS:
                with suppress(NoReverseMatch):  # not every model has a history
                    yield reverse(f"{screen.path}_modeladmin_{action}", args=[row.pk])


def shows(response, case):
    """Return whose data is on the page."""
    if response.status_code != 200 or response.streaming:
        return []
    page = response.content.decode(errors="replace")
    known = (NAME, EMAIL, case.subject.register_number, OTHER)
    return [each for each in known if each in page]


@pytest.mark.parametrize("role", [None, *Role])
def test_each_screen_that_shows_somebody_s_data_leaves_an_entry(role, world, client):
    """`None` is the client's own counsellor."""
    client.force_login(staff(role) if role else world.owner)
    client.raise_request_exception = False
    shown, unlogged = 0, []
    for url in list(addresses()):
        before = AccessLogEntry.objects.count()
        if found := shows(client.get(url), world):
            shown += 1
            if AccessLogEntry.objects.count() == before:
                unlogged.append((url, found))
    assert unlogged == []
    assert shown or role in (Role.EDITOR, None, Role.COUNSELLOR)


@pytest.mark.parametrize(
    ("actor", "path", "term", "hits"),
    [
        ("owner", "asiakkaat", NAME, 1),
        ("owner", "asiakkaat", "Tuntematon", 0),
        ("owner", "tilaukset", NAME, 1),
        ("main user", "henkilosto", "Tuntematon", 0),
        ("main user", "kohdistukset", "Tuntematon", 0),
        ("billing", "kirjanpito", "Tuntematon", 0),
    ],
)
def test_a_search_says_by_what_and_how_many_were_found_and_not_what_for(
    actor, path, term, hits, case, log_in
):
    visitor = log_in(actor)
    visitor.post(reverse(f"{path}_modeladmin_index"), {"q": term}, follow=True)
    entry = AccessLogEntry.objects.exclude(action=Action.LOG_IN).get()
    assert entry.action == Action.SEARCH
    assert entry.details["hits"] == hits
    assert entry.details["searched"]
    assert term.split()[0].lower() not in str(entry.details).lower()


def test_a_suspension_is_told_with_its_days(case):
    from register.domain.staff import absences

    member = StaffMember.objects.get(user=case.owner)
    absences.suspend(
        member=member,
        start=date(2026, 12, 1),
        until=None,
        seen=None,
        by=staff(Role.MAIN_USER),
        today=date(2026, 11, 27),
    )
    entry = AccessLogEntry.objects.latest("pk")
    assert entry.object_key == str(member.pk)
    assert "suspended_from" in entry.details["fields"]
    assert (entry.details["days_before"], entry.details["days"]) == ([], ["2026-12-01/"])

"""A version published by mistake is off the public list, with the reason in its place (C01)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import PageLogEntry

from privacy_notice.models import Approval, NoticeVersion, PrivacyNoticePage, Withdrawal
from privacy_notice.versions.withdrawing import WITHDRAWN, withdraw
from register.exceptions import Fixed, NotAllowed, Stale
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.notices import publish_notice
from tests.privacy_notice.approval.acting import approved, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")
WHY = "Julkaistiin vahingossa keskeneräisenä"


@pytest.fixture(autouse=True)
def three_versions(site_content):
    for title in ("Vahingossa julkaistu", "Kolmas"):
        approved(submitted(title=title))


def gone(number=2, by=None, reason=WHY):
    by = by or staff(Role.DATA_PROTECTION)
    return withdraw(notice(), number=number, reason=reason, by=by, now=timezone.now())


def test_the_public_reads_the_reason_in_its_place(client):
    stored = NoticeVersion.objects.filter(number=2).values().get()
    client.get(f"{notice().url}versiot/2/")
    by = staff(Role.DATA_PROTECTION)
    gone(by=by)
    for place in ("versiot/", "versiot/2/", "versiot/1-2/", "versiot/2-3/"):
        answer = client.get(notice().url + place)
        assert answer.status_code == 200
        assert WHY in answer.content.decode()
        assert "Vahingossa julkaistu" not in answer.content.decode()
    assert "Vahingossa julkaistu" not in client.get(f"{notice().url}versiot/1-3/").content.decode()
    assert NoticeVersion.objects.filter(number=2).values().get() == stored
    assert PageLogEntry.objects.get(action=WITHDRAWN).user == by


def test_a_machine_that_read_it_before_is_told_that_it_is_gone(client):
    """In each language, by a copy that was stored and by whichever way it was withdrawn."""
    for page in PrivacyNoticePage.objects.live():
        with translation.override(page.locale.language_code):
            twin = page.url + page.reverse_subpage("twin_of_version", args=[1])
        assert client.get(twin).status_code == 200
        publish_notice(page, title="Toinen")
        assert client.get(twin).status_code == 200
        version = NoticeVersion.objects.of(page).get(number=1)
        Withdrawal.objects.create(notice_version=version, reason=WHY, withdrawn_on=today())
        for _once_and_again in range(2):
            answer = client.get(twin)
            assert answer.status_code == 410
            assert answer.json().keys() == {"detail", "reason"}
            assert answer.json()["reason"] == WHY
            assert str(today().year) in answer.json()["detail"]
        with translation.override(page.locale.language_code):
            assert client.get(page.url + page.reverse_subpage("twin")).status_code == 200


def test_the_list_compares_with_the_last_version_that_can_be_read(client):
    gone()
    listed = client.get(f"{notice().url}versiot/").content.decode()
    assert "versiot/1-3/" in listed
    assert "versiot/2-3/" not in listed
    assert "versiot/1-2/" not in listed


def test_the_version_in_force_stays():
    with pytest.raises(ValidationError):
        gone(number=3)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MAIN_USER, Role.COUNSELLOR])
def test_only_the_approver_withdraws(role):
    staff(Role.DATA_PROTECTION)
    with pytest.raises(NotAllowed):
        gone(by=staff(role))


def test_what_says_nothing_is_no_reason():
    with pytest.raises(ValidationError):
        gone(reason="…")


def test_twice_or_what_never_was_is_told():
    gone()
    for number in (2, 9):
        with pytest.raises(Stale):
            gone(number=number)
    assert Withdrawal.objects.count() == 1


CHANGES = {
    "save": lambda row, name: (setattr(row, name, "muuta"), row.save()),
    "update": lambda row, name: type(row).objects.filter(pk=row.pk).update(**{name: "muuta"}),
    "delete": lambda row, name: row.delete(),
    "delete a query": lambda row, name: type(row).objects.filter(pk=row.pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("model", "name"),
    [
        (NoticeVersion, "content"),
        (NoticeVersion, "text"),
        (Approval, "reason"),
        (Withdrawal, "reason"),
    ],
)
def test_what_was_published_approved_and_withdrawn_stays(model, name, change):
    gone()
    row = model.objects.order_by("pk").first()
    with pytest.raises(Fixed), transaction.atomic():
        CHANGES[change](row, name)
    row.refresh_from_db()
    row.save()  # the same again


def test_its_page_can_be_thrown_away_and_the_versions_stay():
    type(notice()).objects.update(live=False)
    before = NoticeVersion.objects.count()
    notice().delete()
    assert NoticeVersion.objects.filter(page=None).count() == before

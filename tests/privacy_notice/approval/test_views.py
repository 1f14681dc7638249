"""The screens: who sees which, how an approval is refused in words, and that nothing is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from privacy_notice.approval import views
from privacy_notice.approval.forms import PREFIX
from privacy_notice.approval.looking import Proposal
from privacy_notice.models import Withdrawal
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff
from tests.forms import open_form
from tests.page_forms import publish, save_draft
from tests.privacy_notice.approval.acting import (
    THEREFORE,
    WHY,
    approved,
    current,
    notice,
    submitted,
)

pytestmark = pytest.mark.usefixtures("site_content")


def address(name=views.APPROVAL, *args):
    return reverse(name, args=[notice().pk, *args])


@pytest.fixture
def contact(client):
    user = staff(Role.DATA_PROTECTION)
    client.force_login(user)
    return client


def typed(page):
    return {
        f"{PREFIX}{each.clause}": THEREFORE for each in Proposal(page, now=timezone.now()).asking
    } | {"reason": WHY}


def test_the_approver_sees_what_changes_and_approves(contact):
    page = submitted()
    Controller.objects.update(street_address="Aivan muu katu 1")
    shown = contact.get(address()).content.decode()
    assert "Uusi" in shown
    assert "Aivan" in shown
    answer = open_form(contact, address(), "form[method=post]").send(contact, **typed(page))
    assert answer.status_code == 302
    assert current().number == 2
    assert "Aivan muu katu 1" in current().shown()


@pytest.mark.parametrize(
    "name", [(views.APPROVAL,), (views.VERSIONS,), (views.PUT_BACK,), (views.WITHDRAW, 1)]
)
def test_each_screen_names_the_notice_and_its_language(contact, name):
    approved(submitted(title="Seloste"))
    assert "<strong>Seloste</strong> (suomi)" in contact.get(address(*name)).content.decode()


def test_what_changed_meanwhile_is_told_and_nothing_typed_is_lost(contact):
    page = submitted()
    form = open_form(contact, address(), "form[method=post]")
    Controller.objects.update(street_address="Aivan muu katu 1")
    refused = form.send(contact, **typed(page))
    assert refused.status_code == 409
    assert str(views.CHANGED) in refused.content.decode()
    assert WHY in refused.content.decode()
    assert current().number == 1
    mark = Proposal(notice(), now=timezone.now()).mark
    again = contact.post(address(), typed(page) | {"seen": mark})
    assert again.status_code == 302
    assert current().number == 2


def test_a_reason_that_says_nothing_is_refused_beside_its_field(contact):
    page = submitted()
    form = open_form(contact, address(), "form[method=post]")
    refused = form.send(contact, **(typed(page) | {"reason": "…"}))
    assert "ei kerro mitään" in refused.content.decode()
    assert THEREFORE in refused.content.decode()
    assert current().number == 1


def test_reasons_carry_over_until_the_state_changes(contact):
    approved(submitted())
    submitted(title="Kolmas otsikko")
    assert THEREFORE in contact.get(address()).content.decode()


def test_an_editor_sees_the_same_without_the_form(client):
    client.force_login(staff(Role.EDITOR))
    page = submitted()
    shown = client.get(address()).content.decode()
    assert "Uusi otsikko" in shown
    assert 'name="seen"' not in shown
    assert client.post(address(), typed(page)).status_code == 404
    assert current().number == 1


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING])
def test_to_others_there_is_no_such_screen(client, role):
    client.force_login(staff(role))
    submitted()
    for name in (views.APPROVAL, views.VERSIONS, views.PUT_BACK):
        assert client.get(address(name)).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MAIN_USER])
def test_only_the_approver_withdraws(client, role):
    staff(Role.DATA_PROTECTION)
    client.force_login(staff(role))
    approved(submitted())
    assert client.get(address(views.WITHDRAW, 1)).status_code == 404


def test_an_editor_submits_and_cannot_publish(client):
    """The button is not offered, and what it would send is refused with words."""
    client.force_login(staff(Role.EDITOR))
    page = notice()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="action-publish"' not in edit
    assert 'name="action-submit"' in edit
    refused = publish(client, page, title="Suoraan julki")
    assert "julkaistaan hyväksynnällä" in refused.content.decode()
    assert "Suoraan julki" in refused.content.decode()
    save_draft(client, page, title="Lähetetty", **{"action-submit": "1"})
    assert notice().workflow_in_progress
    assert current().number == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DATA_PROTECTION])
def test_wagtails_own_ways_to_approve_and_publish_do_nothing(client, role):
    client.force_login(staff(Role.EDITOR, role))
    page = submitted()
    state = page.current_workflow_task_state
    for name in ("workflow_action", "collect_workflow_action_data"):
        way = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "approve", state.pk])
        client.post(way, {"comment": ""})
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={page.pk}", {"include_descendants": ""})
    save_draft(client, page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    api = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    client.post(api)
    assert current().number == 1
    assert not notice().scheduled_revision


def test_the_approver_sends_it_back(contact):
    page = submitted()
    state = page.current_workflow_task_state
    way = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    contact.post(way, {"comment": "Puuttuu yksi kohta"})
    assert notice().current_workflow_state.status == "needs_changes"
    assert current().number == 1


def test_putting_back_and_withdrawing_from_the_screens(contact):
    approved(submitted())
    assert "Palauta edellinen versio" in contact.get(address(views.VERSIONS)).content.decode()
    form = open_form(contact, address(views.PUT_BACK), "form[method=post]")
    assert "ei kerro mitään" in form.send(contact, reason="…").content.decode()
    assert form.send(contact, reason="Väärä teksti meni julki").status_code == 302
    assert (current().number, current().reason) == (3, "Väärä teksti meni julki")
    assert form.send(contact, reason="Toisen kerran").status_code == 409
    form = open_form(contact, address(views.WITHDRAW, 2), "form[method=post]")
    assert form.send(contact, reason="Julkaistiin vahingossa").status_code == 302
    assert Withdrawal.objects.get().notice_version.number == 2
    assert contact.get(address(views.WITHDRAW, 3)).status_code == 404
    assert "Julkaistiin vahingossa" in contact.get(address(views.VERSIONS)).content.decode()

"""Each route of Wagtail's page admin has been looked at: none takes the notice off the air (C01).

A Wagtail that brings a new one fails here, until somebody has looked at that too.
"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.api.urls import admin_api
from wagtail.admin.urls import pages as page_urls
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import FeedbackPage, HomePage
from privacy_notice.guarding import acts
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.page_forms import publish, submit

pytestmark = pytest.mark.usefixtures("site_content")

REFUSED = {screen.partition(":")[2] for screen in acts.BY_SCREEN}
# A second one is refused by the hook, an address or an expiry by the form, and all by the guards.
ASKS = {"add", "edit", "revisions_revert"}
# They show something, or do what leaves a published page as it is.
HARMLESS = {
    "add_subpage",
    "choose_parent",
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "convert_alias",
    "history",
    "history_results",
    "lock",
    "preview_on_add",
    "preview_on_edit",
    "revisions_compare",
    "revisions_index",
    "revisions_unschedule",
    "revisions_view",
    "search",
    "search_results",
    "set_page_position",
    "type_use",
    "type_use_results",
    "unlock",
    "usage",
    "view_draft",
    "workflow_action",
    "workflow_history",
    "workflow_history_detail",
    "workflow_preview",
}
IN_BULK = {"delete": 1, "move": 1, "publish": 0, "unpublish": 1}
BY_THE_API = {
    "convert_alias": 0,
    "copy": 1,
    "copy_for_translation": 0,
    "create_alias": 1,
    "delete": 1,
    "move": 1,
    "publish": 0,
    "revert_to_page_revision": 0,
    "unpublish": 1,
}


@pytest.fixture
def notice():
    return PrivacyNoticePage.objects.get()


@pytest.fixture
def superuser(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def editor(client):
    client.force_login(staff(Role.EDITOR))
    return client


def still_there(notice):
    assert Client().get("/tietosuojaseloste/").status_code == 200
    assert PrivacyNoticePage.objects.get().slug == notice.slug


def test_each_address_of_the_page_admin_is_known():
    assert {each.name for each in page_urls.urlpatterns} == REFUSED | ASKS | HARMLESS


def test_each_act_on_many_pages_is_known():
    found = bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    assert {each.action_type for each in found} == IN_BULK.keys()


def test_each_act_of_the_admins_api_is_known():
    (endpoint,) = (each for name, each in admin_api._endpoints.items() if name == "pages")
    assert set(endpoint.actions) == BY_THE_API.keys()


@pytest.mark.parametrize("action", sorted(IN_BULK))
@pytest.mark.parametrize("role", ["editor", "superuser"])
def test_with_many_pages_it_stays(request, notice, action, role):
    visitor = request.getfixturevalue(role)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    data = {"chooser": FeedbackPage.objects.get().pk, "include_descendants": "on"}
    visitor.post(f"{address}?id={notice.pk}", data)
    still_there(notice)


@pytest.mark.parametrize("action", sorted(BY_THE_API))
def test_by_the_admins_api_it_stays(superuser, notice, action):
    address = reverse("wagtailadmin_api:pages:action", args=[notice.pk, action])
    data = {"destination_page_id": HomePage.objects.get().get_parent().pk, "slug": "muu"}
    answer = superuser.post(address, data, HTTP_ACCEPT="application/json")
    refused = bool(BY_THE_API[action]) or action == "publish"  # by approval alone
    assert (answer.status_code == 403) == refused, answer.content
    still_there(notice)


@pytest.mark.parametrize(
    ("changed", "act"),
    [
        ({"slug": "muualla"}, acts.ADDRESS),
        ({"expire_at": "1.1.2099 12.00"}, acts.EXPIRE),
    ],
)
def test_the_form_refuses_with_words_beside_the_field(editor, notice, changed, act):
    answer = submit(editor, notice, **changed)
    (name,) = changed
    assert answer.context["form"].errors == {name: [str(act.words)]}
    still_there(notice)


def test_an_old_address_of_another_page_leads_to_the_new_one(
    editor, django_capture_on_commit_callbacks
):
    page = FeedbackPage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        publish(editor, page, slug="anna-palautetta")
    answer = Client().get("/palaute/")
    assert answer.status_code == 301
    assert answer["Location"] == "/anna-palautetta/"
    assert Client().get(answer["Location"]).status_code == 200


def test_so_does_that_of_a_moved_page(superuser):
    section = HomePage.objects.get().add_child(instance=Page(title="Muut", slug="muut"))
    FeedbackPage.objects.get().move(section, pos="last-child")
    assert Client().get("/palaute/")["Location"] == "/muut/palaute/"
    assert Redirect.objects.get().automatically_created


def test_a_redirect_takes_no_address_from_the_notice(notice):
    Redirect.add_redirect("/tietosuojaseloste/", "https://example.org/")
    still_there(notice)

"""What the editor of the notice offers and says (C01)."""

import pytest
from django.urls import reverse

from home.models import FeedbackPage
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff
from tests.privacy_notice.approval.acting import notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")


def editor_of(client, page, role=Role.EDITOR):
    client.force_login(staff(role))
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_an_editor_is_offered_to_submit_and_not_to_publish(client):
    shown = editor_of(client, notice())
    assert "Lähetä hyväksyttäväksi" in shown
    assert "Katso, mitä muuttuu" in shown
    assert 'name="action-publish"' not in shown


def test_the_approver_is_led_to_the_approval(client):
    submitted()
    assert "Tarkista ja hyväksy" in editor_of(client, notice(), Role.DATA_PROTECTION)
    assert "Tarkista ja hyväksy" not in editor_of(client, notice())


def test_other_pages_are_published_as_before(client):
    shown = editor_of(client, FeedbackPage.objects.get())
    assert 'name="action-publish"' in shown
    assert "hyväksyttäväksi" not in shown


def test_the_editor_says_which_facts_have_changed(client):
    assert "Tiedot ovat muuttuneet" not in editor_of(client, notice())
    Controller.objects.update(name="Toinen Oy")
    assert "Tiedot ovat muuttuneet" in editor_of(client, notice())

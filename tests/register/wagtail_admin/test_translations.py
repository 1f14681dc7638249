"""Whoever edits a translation of any page is told that it is older than its source."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from home.models import FeedbackPage, HomePage
from register.wagtail_admin.translations import all_older, older

pytestmark = pytest.mark.usefixtures("every_language")
MODELS = [HomePage, FeedbackPage]


def page(model, language):
    return model.objects.get(locale__language_code=language)


def publish(model, language, title):
    changed = page(model, language)
    changed.title = title
    changed.save_revision().publish()


def screen(client, model, language):
    return client.get(reverse("wagtailadmin_pages:edit", args=[page(model, language).pk])).text


@pytest.mark.parametrize("model", MODELS)
def test_both_editors_are_told_until_the_translation_is_published(client, model):
    client.force_login(get_user_model().objects.create_superuser("s", password="x"))
    assert not older(page(model, "sv"))
    publish(model, "fi", "Uusi otsikko")
    changes = older(page(model, "sv")).changes
    assert f'href="{changes}"' in screen(client, model, "sv")
    assert "Uusi otsikko" in client.get(changes).text
    edit = reverse("wagtailadmin_pages:edit", args=[page(model, "sv").pk])
    assert f'<a href="{edit}">Muokkaa käännöstä</a>' in screen(client, model, "fi")
    publish(model, "sv", "Ny rubrik")
    assert [late.page for late in all_older(page(model, "fi"))] == [page(model, "en")]
    assert not older(page(model, "sv"))


@pytest.mark.parametrize("model", MODELS)
def test_a_draft_of_the_source_is_no_publication_and_what_is_not_public_is_not_old(model):
    draft = page(model, "fi")
    draft.title = "Luonnos"
    draft.save_revision()
    assert not older(page(model, "sv"))
    publish(model, "fi", "Uusi otsikko")
    model.objects.filter(locale__language_code="sv").update(live=False)
    assert not older(page(model, "sv"))

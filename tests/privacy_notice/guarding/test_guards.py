"""The notice in force stays where it is, whatever comes past the screens (C01)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site, Task

from futuuri_site.content import pages
from home.models import FeedbackPage, HomePage
from privacy_notice.guarding import acts, guards
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.models import NoticeApproval, PrivacyNoticePage, approval_workflow
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("site_content")
ADDRESS = "/tietosuojaseloste/"


def notice():
    return PrivacyNoticePage.objects.get()


def home():
    return HomePage.objects.get()


def published_with(**changed):
    """Publish a version as it can be stored past every form."""
    page = notice().get_latest_revision_as_object()
    publish_notice(page, clean=False, **changed)


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def another_root():
    site = Site.objects.get()
    site.root_page = Page.objects.get(depth=1).add_child(instance=Page(title="Toinen"))
    site.save()


def change_site(**changed):
    site = Site.objects.get()
    for name, value in changed.items():
        setattr(site, name, value)
    site.save()


def another_site(**values):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Toinen"))
    Site.objects.create(root_page=root, **values)


def another_code(code):
    locale = notice().locale
    locale.language_code = code
    locale.save()


def task():
    return NoticeApproval.objects.get().pk


def under_a_page_that_moves():
    section = home().add_child(instance=Page(title="Asiakkaille", slug="asiakkaille"))
    PrivacyNoticePage.objects.update(live=False)
    notice().move(section, pos="last-child")
    PrivacyNoticePage.objects.update(live=True)
    section = Page.objects.get(pk=section.pk)
    section.slug = "muille"
    section.save()


ACTS = {
    "delete": (acts.DELETE, lambda: notice().delete()),
    "delete the home page": (acts.DELETE, lambda: home().delete()),
    "delete the root": (acts.DELETE, lambda: Page.objects.get(depth=1).delete()),
    "delete a query": (acts.DELETE, lambda: PrivacyNoticePage.objects.all().delete()),
    "unpublish": (acts.UNPUBLISH, lambda: notice().unpublish()),
    "save as not live": (acts.UNPUBLISH, lambda: save(live=False)),
    "move": (acts.MOVE, lambda: notice().move(FeedbackPage.objects.get(), pos="first-child")),
    "move the home page": (
        acts.MOVE,
        lambda: home().move(
            Page.objects.get(depth=1).add_child(instance=Page(title="Muu")), pos="first-child"
        ),
    ),
    "copy": (acts.SECOND, lambda: notice().copy(update_attrs={"slug": "toinen"})),
    "copy the home page with all": (
        acts.SECOND,
        lambda: home().copy(recursive=True, update_attrs={"slug": "toinen"}),
    ),
    "alias": (acts.SECOND, lambda: notice().create_alias(update_slug="toinen")),
    "another one": (
        acts.SECOND,
        lambda: home().add_child(instance=PrivacyNoticePage(title="Toinen", slug="toinen")),
    ),
    "restrict": (acts.HIDE, lambda: restrict(notice())),
    "restrict the home page": (acts.HIDE, lambda: restrict(home())),
    "restrict the root": (acts.HIDE, lambda: restrict(Page.objects.get(depth=1))),
    "change the address": (acts.ADDRESS, lambda: save(slug="muualla")),
    "publish another address": (acts.ADDRESS, lambda: published_with(slug="muualla")),
    "change the address above": (acts.ADDRESS, under_a_page_that_moves),
    "let it expire": (
        acts.EXPIRE,
        lambda: save(expire_at=timezone.localtime() + timedelta(days=1)),
    ),
    "publish until a day": (
        acts.EXPIRE,
        lambda: published_with(expire_at=timezone.localtime() + timedelta(days=1)),
    ),
    "delete the site": (acts.SITE, lambda: Site.objects.get().delete()),
    "give the site another root": (acts.SITE, another_root),
    "rename the host": (acts.HOST, lambda: change_site(hostname="muu.example")),
    "change the port": (acts.HOST, lambda: change_site(port=8123)),
    "make it no default site": (acts.SITE, lambda: change_site(is_default_site=False)),
    "give another site its host": (
        acts.HOST,
        lambda: another_site(hostname=Site.objects.get().hostname, port=8123),
    ),
    "give another site the public address": (
        acts.HOST,
        lambda: another_site(hostname=guards.address_by_settings()[0], port=8123),
    ),
    "make another site the default one": (
        acts.HOST,
        lambda: another_site(hostname="muu.example", is_default_site=True),
    ),
    "change the language": (acts.LANGUAGE, lambda: another_code("se")),
    "disable the workflow": (acts.WORKFLOW, lambda: approval_workflow().deactivate()),
    "delete the workflow": (acts.WORKFLOW, lambda: approval_workflow().delete()),
    "disable the task": (acts.WORKFLOW, lambda: Task.objects.get(pk=task()).deactivate()),
    "disable the task as what it is": (
        acts.WORKFLOW,
        lambda: NoticeApproval.objects.get().deactivate(),
    ),
    "delete the task": (acts.WORKFLOW, lambda: NoticeApproval.objects.all().delete()),
    "take the task out": (
        acts.WORKFLOW,
        lambda: approval_workflow().workflow_tasks.get().delete(),
    ),
}


def save(**changed):
    page = notice()
    for name, value in changed.items():
        setattr(page, name, value)
    page.save(clean=False)


@pytest.mark.parametrize("name", ACTS)
def test_it_is_refused_with_its_words(client, name):
    act, do = ACTS[name]
    with pytest.raises((OffTheAir, ValidationError)) as refused, transaction.atomic():
        do()
    assert str(act.words) in str(refused.value)
    Site.clear_site_root_paths_cache()
    assert client.get(ADDRESS).status_code == 200
    assert PrivacyNoticePage.objects.live().count() == 1


def test_what_harms_it_not_is_let_through(client):
    """Its place in the menu, the home page's own address and state, the site's name."""
    notice().move(FeedbackPage.objects.get(), pos="right")
    page = home()
    page.slug = "alku"
    page.save()
    page.unpublish()
    site = Site.objects.get()
    site.site_name = "Toinen nimi"
    site.save()
    published_with(title="Tietosuojaselosteemme")
    assert "Tietosuojaselosteemme" in client.get(ADDRESS).content.decode()


def test_a_site_that_really_moves_is_moved_by_the_settings(settings, client):
    settings.WAGTAILADMIN_BASE_URL = "https://uusi.example"
    pages.create(languages=["fi"])
    assert (Site.objects.get().hostname, Site.objects.get().port) == ("uusi.example", 443)
    another_site(hostname="muu.example")
    assert client.get(ADDRESS).status_code == 200


def test_a_draft_can_be_thrown_away():
    PrivacyNoticePage.objects.update(live=False)
    notice().delete()
    assert not PrivacyNoticePage.objects.exists()


def test_each_language_has_its_own(client):
    swedish = Locale.objects.create(language_code="sv")
    home().copy_for_translation(swedish)
    notice().copy_for_translation(swedish)
    places = PrivacyNoticePage.objects.values_list("site__is_default_site", "language_id")
    assert sorted(places) == sorted((True, locale.pk) for locale in Locale.objects.all())


def test_the_database_holds_one_a_site_and_language():
    swedish = Locale.objects.create(language_code="sv")
    home().copy_for_translation(swedish)
    notice().copy_for_translation(swedish)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivacyNoticePage.objects.update(language=swedish)


def test_publishing_on_schedule_passes_nothing_by(client):
    """A time of expiry that stood there before the rule came: the notice stays, past midnight."""
    PrivacyNoticePage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(OffTheAir), transaction.atomic():
        call_command("publish_scheduled")
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_is_told():
    PrivacyNoticePage.objects.update(live=False)
    notice().delete()
    told, start = [], Barrier(2)

    def add(slug):
        try:
            start.wait()
            parent = HomePage.objects.get()
            parent.add_child(instance=PrivacyNoticePage(title=slug, slug=slug, live=False))
        except OffTheAir as refused:
            told.append(refused.act)
        finally:
            connection.close()

    people = [Thread(target=add, args=[slug]) for slug in ("eka", "toka")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert told == [acts.SECOND]
    assert PrivacyNoticePage.objects.count() == 1


def test_content_is_made_again_where_it_stands(client):
    pages.create(languages=["fi"])
    assert client.get(ADDRESS).status_code == 200

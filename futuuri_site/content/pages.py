"""Make the first pages of the site. What exists is left as its editors have made it."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site

from futuuri_site.content import first
from futuuri_site.content.first import LANGUAGES
from home.models import FeedbackField, FeedbackPage, HomePage
from privacy_notice.content import notice
from privacy_notice.models import PrivacyNoticePage
from register.models import Controller
from register.models.staff import Role

# Staff see it above all pages; it is on no page of the site.
ABOVE_ALL = "Sivuston juuri"
DEFAULT_PORTS = {"http": 80, "https": 443}


@transaction.atomic
def create(*, languages: Iterable[str] = LANGUAGES) -> None:
    """Make what is missing of the site: pages, Site, controller's facts, editors' permissions.

    Args:
        languages: those that have pages, the site's own first.

    A new site starts with its pages in every language. On one that is there already, what is
    missing of the other languages becomes drafts: a person publishes them.
    """
    own, *others = [_locale(language) for language in languages]
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title=ABOVE_ALL, slug="root", locale=own)
    )
    _name_in_finnish(root)
    new = not HomePage.objects.exists()
    home = _page(HomePage, under=root, locale=own)
    site = _site(home)
    _remove_welcome_page(root)
    # The notice is published with the facts of its day.
    _controller(site)
    _pages_below(home)
    for locale in others:
        _pages_below(_page(HomePage, under=root, locale=locale, live=new), live=new)
    _permissions(root)


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _pages_below(home: Page, *, live: bool = True) -> None:
    for model in (PrivacyNoticePage, FeedbackPage):
        _page(model, under=home, locale=home.locale, live=live)


def _page(model: type[Page], *, under: Page, locale: Locale, live: bool = True) -> Page:
    """Return the language's page of the model, made with its first content if there is none.

    It is a translation of the page in the site's own language, which is made first.
    """
    existing = model.objects.filter(locale=locale).first()
    if existing is not None:
        return existing
    page = MAKERS[model](locale.language_code)
    page.locale, page.live = locale, live
    original = model.objects.filter(locale__language_code=LANGUAGES[0]).first()
    if original is not None:
        page.translation_key = original.translation_key
    under.add_child(instance=page)
    revision = page.save_revision()
    if live:
        page.publish(revision, **PUBLISHING.get(model, {}))
    return page


def _home_page(language: str) -> HomePage:
    return HomePage(**first.home_page(language))


def _notice_page(language: str) -> PrivacyNoticePage:
    return PrivacyNoticePage(show_in_menus=True, **notice(language))


def _feedback_page(language: str) -> FeedbackPage:
    content = first.feedback_page(language)
    questions = content.pop("questions")
    page = FeedbackPage(show_in_menus=True, **content)
    page.form_fields = [
        FeedbackField(sort_order=order, **question) for order, question in enumerate(questions)
    ]
    return page


MAKERS: dict[type[Page], Callable[[str], Page]] = {
    HomePage: _home_page,
    PrivacyNoticePage: _notice_page,
    FeedbackPage: _feedback_page,
}
# The notice is published by approval, but for its first words.
PUBLISHING: dict[type[Page], dict[str, Any]] = {PrivacyNoticePage: {"first_content": True}}


def _site(home: Page) -> Site:
    """Point the default site at the home page, at the address that the settings name."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.hostname = address.hostname or "localhost"
    site.port = address.port or DEFAULT_PORTS.get(address.scheme, 80)
    site.save()
    return site


def _name_in_finnish(root: Page) -> None:
    """Call what is above all pages by a Finnish word: Wagtail's is "Root"."""
    if root.title == "Root":
        root.title = root.draft_title = ABOVE_ALL
        root.save(update_fields=["title", "draft_title"])


def _remove_welcome_page(root: Page) -> None:
    """Remove the page with which Wagtail starts: a plain Page, of which this site has no other."""
    for page in root.get_children().exact_type(Page):
        page.delete()


def _controller(site: Site) -> None:
    controller = Controller.for_site(site)
    if not controller.name:
        for name, value in first.controller().items():
            setattr(controller, name, value)
        controller.full_clean()
        controller.save()


def _permissions(root: Page) -> None:
    """Let editors edit, publish and translate every page, and edit the published facts (C33)."""
    editors = Group.objects.get(name=Role.EDITOR)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    for app, codename in (
        ("register", "change_controller"),
        ("simple_translation", "submit_translation"),
    ):
        editors.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )

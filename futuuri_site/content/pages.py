"""Make the first pages of the site. What exists is left as its editors have made it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Site

from home.models import FeedbackField, FeedbackPage, HomePage
from privacy_notice.content import notice
from privacy_notice.models import PrivacyNoticePage
from register.models import Controller
from register.models.staff import Role

FOLDER = Path(__file__).parent
DEFAULT_PORTS = {"http": 80, "https": 443}


@transaction.atomic
def create() -> None:
    """Make what is missing of the site: pages, Site, controller's facts, editors' permissions."""
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    home = _home_page(root, locale)
    site = _site(home)
    _remove_welcome_page(root)
    # The notice is published with the facts of its day.
    _controller(site)
    for model, make in ((PrivacyNoticePage, _notice_page), (FeedbackPage, _feedback_page)):
        if not model.objects.descendant_of(home).exists():
            make(home, locale)
    _permissions(root)


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _html(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs)


def _publish(page: Page, *, under: Page) -> Page:
    under.add_child(instance=page)
    page.save_revision().publish()
    return page


def _home_page(root: Page, locale: Locale) -> HomePage:
    existing = HomePage.objects.child_of(root).filter(locale=locale).first()
    if existing is not None:
        return existing
    content = _read("home_page")
    for kind, name in (("offer", "offers"), ("step", "steps")):
        content[name] = [{"type": kind, "value": point} for point in content[name]]
    content["closing"] = _html(content["closing"])
    page = HomePage(locale=locale, **content)
    _publish(page, under=root)
    return page


def _notice_page(home: Page, locale: Locale) -> None:
    """Make the notice."""
    words = notice(locale.language_code)
    _publish(PrivacyNoticePage(locale=locale, show_in_menus=True, **words), under=home)


def _feedback_page(home: Page, locale: Locale) -> None:
    content = _read("feedback_page")
    questions = content.pop("questions")
    for name in ("intro", "privacy", "thanks"):
        content[name] = _html(content[name])
    page = FeedbackPage(locale=locale, show_in_menus=True, **content)
    page.form_fields = [
        FeedbackField(sort_order=order, **question) for order, question in enumerate(questions)
    ]
    _publish(page, under=home)


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


def _remove_welcome_page(root: Page) -> None:
    """Remove the page with which Wagtail starts: a plain Page, of which this site has no other."""
    for page in root.get_children().exact_type(Page):
        page.delete()


def _controller(site: Site) -> None:
    controller = Controller.for_site(site)
    if not controller.name:
        for name, value in _read("controller").items():
            setattr(controller, name, value)
        controller.full_clean()
        controller.save()


def _permissions(root: Page) -> None:
    """Let editors edit and publish every page and the published facts, and nothing else (C33)."""
    editors = Group.objects.get(name=Role.EDITOR)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    editors.permissions.add(
        Permission.objects.get(content_type__app_label="register", codename="change_controller")
    )

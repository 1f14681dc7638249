"""Which notices are in force, and where they stand."""

from typing import Any

from django.apps import apps
from django.conf import settings
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet


def notices() -> PageQuerySet[Any]:
    return apps.get_model("privacy_notice.PrivacyNoticePage")._default_manager.all()


def in_force() -> PageQuerySet[Any]:
    return notices().live()


def holds_one(page: Page) -> bool:
    """Whether the page is a notice in force, or has one somewhere below it."""
    return in_force().descendant_of(page, inclusive=True).exists()


def site_of(page: Page) -> Site | None:
    """Return the site whose notice the page is: the default one, when it stands in none."""
    return page.get_site() or Site.objects.filter(is_default_site=True).first()


def tells_clients(page: Page) -> bool:
    """Whether clients are told of changes by this notice: the main site's, in its own language."""
    site = site_of(page)
    return site is not None and site.is_default_site and language_of(page) == settings.LANGUAGE_CODE


def language_of(page: Page) -> str:
    """Return the code of the language that the page is in; the site's own while it has none."""
    return page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE

"""Which notices are in force, and where they stand."""

from typing import Any

from django.apps import apps
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

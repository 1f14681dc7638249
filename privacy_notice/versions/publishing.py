"""What follows from a publication, and from whatever else shows on public pages."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from privacy_notice.models import Freshness, PrivacyNoticePage, Withdrawal, approval_of
from privacy_notice.versions.freezing import freeze
from privacy_notice.versions.warming import warm
from register.models import Controller


def watch() -> None:
    """Freeze what is published, and let no stored page outlive what it shows."""
    page_published.connect(_freeze, sender=PrivacyNoticePage)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_raise_number)
    for model in (Site, Locale, PageViewRestriction, Controller, Withdrawal):
        post_save.connect(_raise_number, sender=model)
        post_delete.connect(_raise_number, sender=model)
    post_delete.connect(_after_deletion)
    # The last, so that nothing that follows takes away what it stored.
    page_published.connect(_warm, sender=PrivacyNoticePage)


def _freeze(*, instance: PrivacyNoticePage, revision: Any = None, **kwargs: Any) -> None:
    freeze(instance, approval_of(revision))


def _warm(*, instance: PrivacyNoticePage, **kwargs: Any) -> None:
    transaction.on_commit(partial(warm, instance.pk))


def _raise_number(**kwargs: Any) -> None:
    Freshness.objects.raise_number()


def _after_deletion(*, sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        Freshness.objects.raise_number()

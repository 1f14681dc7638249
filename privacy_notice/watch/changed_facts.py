"""A change of facts makes a draft and a task; the public page says what was approved (C01, C39).

Looked for each night, and right after a change of the controller's facts or a processor.
"""

import logging
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from privacy_notice.models import About, PrivacyNoticePage, ToldOf
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.versions import differing
from privacy_notice.watch import calling
from register.files.reasons import harmless
from register.reference.clock import today as this_day

logger = logging.getLogger(__name__)


def look_at_all(*, today: date) -> int:
    """Look at each notice in force, in each language; return of how many somebody was told now."""
    told = 0
    for page in PrivacyNoticePage.objects.live().order_by("path"):
        try:
            told += look_at(page, today=today)
        except Site.DoesNotExist:  # it stands on no site, so nobody reads it
            continue
        except Exception as error:
            logger.error("The facts of notice %s were not compared (%s).", page.pk, harmless(error))
    return told


def look_at(page: PrivacyNoticePage, *, today: date) -> int:
    """Prepare what a change of facts asks for, once for the same change; return 1 if told now."""
    if not differing.facts_differ(page):
        ToldOf.objects.filter(page=page, about=About.FACTS).delete()
        return 0
    mark = fingerprint(facts_today(page))
    if ToldOf.objects.filter(page=page, about=About.FACTS, mark=mark).exists():
        return 0
    with transaction.atomic():
        ready = prepare(page)
    return calling.call_once(About.FACTS, mark, *words(ready), page, today=today)


def prepare(page: PrivacyNoticePage) -> bool:
    """Make a draft with today's facts and submit it; return False where an editor's stands there.

    The text is that in force: what changes is what the blocks of facts say.
    """
    page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
    if page.workflow_in_progress or page.scheduled_revision:
        return True
    latest = page.get_latest_revision()
    if page.has_unpublished_changes and latest and latest.user_id:
        return False
    if not page.has_unpublished_changes:
        page.save_revision(log_action=True)
    page = PrivacyNoticePage.objects.get(pk=page.pk)
    workflow = page.get_workflow()
    if workflow:
        workflow.start(page, None)
    return True


def words(ready: bool) -> tuple[str, str]:
    """Return subject and text of the mail, in the language of the register."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Privacy notice: facts have changed since it was published")
        text = (
            _("A draft with the changed facts waits for approval.")
            if ready
            else _(
                "There is an unfinished draft, which was left as it is: when it is submitted and "
                "approved, the changed facts are published with it."
            )
        )
        until = _("Until then readers see what was approved. Look at what changes.")
        return subject, f"{text} {until}"


def after_a_change(**kwargs: Any) -> None:
    """Look as soon as the change of a fact is in the database."""
    if not kwargs.get("raw"):
        transaction.on_commit(lambda: look_at_all(today=this_day()) and None, robust=True)

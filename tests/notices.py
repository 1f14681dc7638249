"""A notice that was changed is published, as after its approval."""

from privacy_notice.models import Approval, PrivacyNoticePage
from privacy_notice.models.told_today import facts_today, fingerprint
from register.reference.clock import today


def publish_notice(page: PrivacyNoticePage, *, clean: bool = True, **values) -> None:
    """Publish the notice as it is, with other values of its fields."""
    for name, value in values.items():
        setattr(page, name, value)
    publish_draft(page.save_revision(clean=clean))


def publish_draft(revision) -> None:
    """Publish a draft with today's facts, which somebody has approved."""
    page = PrivacyNoticePage.objects.get(pk=revision.object_id)
    facts = fingerprint(facts_today(page))
    Approval.objects.create(page=page, revision=revision, approved_on=today(), facts=facts)
    revision.publish()

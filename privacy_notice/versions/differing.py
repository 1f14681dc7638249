"""What differs from the version in force: by the facts, and by the text (C01, C39)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from privacy_notice import rendering, slots
from privacy_notice.comparing import Section, compare
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.models.told_today import facts_today, fingerprint

Told = Mapping[str, Any]


def facts_differ(page: PrivacyNoticePage) -> bool:
    """Whether the facts are otherwise today than in the version that the public reads."""
    current = NoticeVersion.objects.current(page)
    return current is not None and fingerprint(current.told()) != fingerprint(facts_today(page))


def by_facts(page: PrivacyNoticePage, told: Told) -> list[Section]:
    """Return what the text in force would say otherwise with these facts."""
    current = NoticeVersion.objects.current(page)
    return compare(current.shown(), _shown(written(current), told, page)) if current else []


def by_text(page: PrivacyNoticePage, draft: Any, told: Told) -> list[Section]:
    """Return what the draft says otherwise than the text in force, both with these facts."""
    current = NoticeVersion.objects.current(page)
    if current is None:
        return []
    return compare(_shown(written(current), told, page), _shown(draft, told, page))


def written(version: NoticeVersion) -> PrivacyNoticePage:
    """Return a page, never to be saved, with the text of the version."""
    text = version.text
    page = PrivacyNoticePage(title=text["title"], intro=text["intro"])
    return give_text(page, version)


def give_text(page: PrivacyNoticePage, version: NoticeVersion) -> PrivacyNoticePage:
    """Give the page the text of the version."""
    text, day = version.text, version.text["reviewed_on"]
    stream: Any = PrivacyNoticePage._meta.get_field("sections")
    page.title, page.intro = text["title"], text["intro"]
    page.sections = stream.stream_block.to_python(text["sections"])
    page.reviewed_on = date.fromisoformat(day) if day else None
    return page


def _shown(text: Any, told: Told, page: PrivacyNoticePage) -> str:
    content = rendering.content(text, told, language=page.locale.language_code)
    return slots.fill(content, told["controller"])

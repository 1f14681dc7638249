"""What the register gives a client of the notice in force (C01, C09–C25, C44)."""

from django.conf import settings

from privacy_notice import facts
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.domain.notices.in_force import Notice, Told
from register.inventory.vocabulary import Category


def in_force() -> Notice | None:
    """Return what is told of the notice in force, in the language that is on.

    Its version is that of the notice in the site's own language, by which it is counted.
    """
    pages = PrivacyNoticePage.objects.live().order_by("path")
    page = pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    version = NoticeVersion.objects.current(page) if page else None
    if page is None or version is None:
        return None
    return Notice(
        version=version.number,
        address=page.full_url or "",
        held=tuple(
            Told(
                label=each["label"],
                fields=tuple(each["fields"]),
                period=facts.period(Category(each["key"])),
            )
            for each in facts.categories()
        ),
        recipients=tuple(
            Told(label=each["label"], fields=tuple(each["fields"])) for each in facts.recipients()
        ),
        processors=tuple(
            Told(label=each["label"], fields=tuple(each["countries"]))
            for each in facts.processors()
        ),
    )

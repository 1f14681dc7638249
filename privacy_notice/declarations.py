"""The notice in the register's inventory: published content, and who confirmed what by hand."""

from datetime import timedelta

from register.inventory import Clock, Declaration, inventory
from register.inventory.terms import staff
from register.inventory.vocabulary import Subject

inventory.declare_not_personal(
    "privacy_notice.PrivacyNoticePage",
    "page_ptr",
    "site",
    "language",
    "intro",
    "sections",
    "reviewed_on",
    "editors_note",
)
# A year and its January can be compared with the ones before.
inventory.declare(
    Declaration(
        model="privacy_notice.PromiseResult",
        not_personal=("id", "day", "clause", "state", "evidence", "checked_at", "told"),
        ends=Clock("day", timedelta(days=400)),
    )
)
# What was confirmed is evidence for as long as the authority may ask.
inventory.declare(
    Declaration(
        model="privacy_notice.SignOff",
        subject=Subject.STAFF,
        personal={"confirmed_by": staff("C32", "C37")},
        not_personal=("id", "clause", "number", "confirmed_on"),
        ends=Clock("confirmed_on", timedelta(days=5 * 366)),
    )
)
# What was published stays, without the contact person; who published it, the page's history tells.
inventory.declare_not_personal(
    "privacy_notice.NoticeVersion",
    "id",
    "page",
    "number",
    "language",
    "text",
    "facts",
    "content",
    "twin",
    "contact",
    "published_at",
    "reason",
)
# It names the contact person in force, and goes with them.
inventory.declare_not_personal("privacy_notice.NoticePdf", "id", "version", "content")
# Named there by duty, as in the controller's facts, and deleted when no current version names them.
inventory.declare_not_personal(
    "privacy_notice.PublishedContact", "id", "contact_name", "contact_phone", "contact_email"
)
inventory.declare_not_personal(
    "privacy_notice.StoredPage",
    "id",
    "host",
    "path",
    "shell",
    "language",
    "content_type",
    "tag",
    "plain",
    "packed",
)
inventory.declare_not_personal("privacy_notice.Freshness", "id", "number")
# The workflow's name, and its task's.
inventory.declare_not_personal("privacy_notice.NoticeApproval", "task_ptr")
# Who answers for what was published is evidence for as long as the authority may ask.
inventory.declare(
    Declaration(
        model="privacy_notice.Approval",
        subject=Subject.STAFF,
        personal={"approved_by": staff("C01", "C33")},
        not_personal=(
            "id",
            "page",
            "revision",
            "notice_version",
            "restores",
            "approved_on",
            "reason",
            "material",
            "facts",
            "promises",
        ),
        ends=Clock("approved_on", timedelta(days=5 * 366)),
    )
)
inventory.declare_not_personal(
    "privacy_notice.Withdrawal", "id", "notice_version", "reason", "withdrawn_on"
)
inventory.declare_not_personal("privacy_notice.ToldOf", "id", "page", "about", "mark")

"""The notice in the register's inventory: published content, nobody's personal data."""

from register.declarations import declare_plain

declare_plain(
    "privacy_notice.PrivacyNoticePage",
    "page_ptr",
    "intro",
    "sections",
    "reviewed_on",
    "editors_note",
)

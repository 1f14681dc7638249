"""The public pages in the register's inventory: published content, nobody's personal data."""

from register.declarations import declare_plain

declare_plain("home.HomePage", "page_ptr", "lead", "offers", "steps_heading", "steps", "closing")
declare_plain(
    "home.FeedbackPage",
    "page_ptr",
    "intro",
    "privacy",
    "thanks_heading",
    "thanks",
)
declare_plain(
    "home.FeedbackField",
    "id",
    "sort_order",
    "page",
    "clean_name",
    "label",
    "field_type",
    "required",
    "choices",
    "default_value",
    "help_text",
)

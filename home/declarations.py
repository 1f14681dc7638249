"""The public pages in the register's inventory: published content, nobody's personal data."""

from register.inventory import inventory

inventory.declare_not_personal(
    "home.HomePage", "page_ptr", "lead", "offers", "steps_heading", "steps", "closing"
)
inventory.declare_not_personal(
    "home.FeedbackPage",
    "page_ptr",
    "intro",
    "privacy",
    "thanks_heading",
    "thanks",
)
inventory.declare_not_personal(
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

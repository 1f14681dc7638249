"""Registration of the public pages with Wagtail, and nothing else."""

from typing import Any

from wagtail import hooks


def nobody_sees_submissions(user: Any, editable_forms: Any) -> Any:
    """Hide Wagtail's own list of submissions, and its menu item with it: feedback is the
    register's, behind its gate (C33)."""
    return editable_forms.none()


hooks.register("filter_form_submissions_for_user", nobody_sees_submissions)

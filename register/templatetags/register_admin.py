"""The template tag for addresses of the register's screens."""

from typing import Any

from django import template
from django.apps import apps
from django.db.models import Model

from register.domain.access_log import head_code
from register.wagtail_admin.base import screens

register = template.Library()


@register.simple_tag
def address(of: Model | str, action: str, *args: Any) -> str:
    """Return the address of a screen of an object, or of a model that is given by its label.

    `{% address order "edit" %}`, `{% address "register.Client" "create" %}`
    """
    return screens.address(apps.get_model(of) if isinstance(of, str) else of, action, *args)


@register.simple_tag
def log_code() -> str:
    """Return the code of the newest head of the log of use, for what is printed (C38)."""
    return head_code.now()

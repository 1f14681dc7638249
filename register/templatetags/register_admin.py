"""The template tag for addresses of the register's screens."""

from typing import Any

from django import template
from django.apps import apps
from django.db.models import Model

from register.wagtail_admin.base import screens

register = template.Library()


@register.simple_tag
def address(of: Model | str, action: str, *args: Any) -> str:
    """Return the address of a screen of an object, or of a model that is given by its label.

    `{% address order "edit" %}`, `{% address "register.Client" "create" %}`
    """
    return screens.address(apps.get_model(of) if isinstance(of, str) else of, action, *args)

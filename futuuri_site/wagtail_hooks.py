"""The site's own touch to the Wagtail admin, and nothing else."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def leave_out_wagtails_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's help is in English and leads off the site; the staff have their own guide."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]

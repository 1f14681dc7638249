"""The menu in groups, by Wagtail's own submenus, so that all of it fits on a screen."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from register.wagtail_admin.base.screens import Group, screen_of


@dataclass(frozen=True, slots=True)
class Look:
    """How a group stands in the menu: its words, its icon, and its place."""

    label: Any
    icon: str
    order: int


LOOKS = {
    Group.CLIENTS: Look(_("Clients"), "folder", 110),
    Group.BILLING: Look(_("Billing"), "folder-inverse", 120),
    Group.STAFF: Look(_("Staff"), "clipboard-list", 130),
    Group.PROTECTION: Look(_("Data protection"), "key", 140),
    Group.SITE: Look(_("Site"), "globe", 150),
}
# Wagtail's own that belong to the site beside its pages. Reports and settings are submenus already.
OF_THE_SITE = frozenset({"images", "documents", "forms", "snippets"})


def in_groups(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Put the entries that the person has into groups; a group of one entry is that entry.

    Wagtail's hook `construct_main_menu`, called with the entries that are shown to the person.
    """
    grouped: dict[Group, list[MenuItem]] = {}
    for item in list(menu_items):
        if group := group_of(item):
            grouped.setdefault(group, []).append(item)
            menu_items.remove(item)
    for group, items in grouped.items():
        menu_items.append(submenu(group, items) if len(items) > 1 else items[0])


def group_of(item: MenuItem) -> Group | None:
    """Return the group of an entry; None where it stands by itself."""
    model_admin = getattr(item, "model_admin", None)
    if model_admin is not None:
        return screen_of(model_admin.model).group
    return Group.SITE if item.name in OF_THE_SITE else None


def submenu(group: Group, items: list[MenuItem]) -> SubmenuMenuItem:
    look = LOOKS[group]
    return SubmenuMenuItem(
        look.label,
        Menu(items=items),
        name=f"register-{group.value}",
        icon_name=look.icon,
        order=look.order,
    )

"""Where each model's screens stand: their address, and their place and icon in the menu."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import AdminURLHelper

from register import models


class Group(StrEnum):
    """Under what the menu keeps a screen."""

    CLIENTS = "clients"
    BILLING = "billing"
    STAFF = "staff"
    PROTECTION = "protection"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Screen:
    """One row of the table.

    Attributes:
        path: the path under the admin's own; Finnish, for staff see it.
        order: the place in the menu, smallest first; None keeps it out of the menu.
        group: under what the menu keeps it.
        label: the menu's words, where the model's plural name would not do.
    """

    path: str
    icon: str
    order: int | None = None
    label: Any = None
    group: Group = Group.CLIENTS


SCREENS: dict[type[Model], Screen] = {
    models.Client: Screen("asiakkaat", "group", 110),
    models.ServiceOrder: Screen("tilaukset", "list-ul", 120),
    models.Note: Screen("muistiinpanot", "edit"),
    models.Feedback: Screen("palautteet", "comment", 130, group=Group.SITE),
    models.ExportBatch: Screen("siirtoerat", "upload", 140, group=Group.BILLING),
    models.BookkeepingRow: Screen("kirjanpito", "list-ol", 150, group=Group.BILLING),
    models.Statistic: Screen("tilastot", "table", 180),
    models.StaffDocument: Screen("ohjeet", "doc-full", 190, _("Instructions"), group=Group.STAFF),
    models.StaffMember: Screen("henkilosto", "user", 210, _("Staff"), group=Group.STAFF),
    models.StaffHearing: Screen(
        "kuulemiset", "calendar-check", 215, _("Hearings"), group=Group.STAFF
    ),
    models.Assignment: Screen("kohdistukset", "link", 220),
    models.Hold: Screen("poistolykkaykset", "lock", 310, group=Group.PROTECTION),
    models.LikelyDuplicate: Screen("kaksoiskappaleet", "copy", 320, _("Likely duplicates")),
    models.AccessChange: Screen("muutokset", "warning", 325, group=Group.STAFF),
    models.RoleRequest: Screen("roolipyynnot", "password", 326, group=Group.STAFF),
    models.AccessLogEntry: Screen("kayttoloki", "history", 330, group=Group.PROTECTION),
    models.Processor: Screen("kasittelijat", "pick", 410, group=Group.PROTECTION),
    models.Service: Screen("palvelut", "tag", 420, group=Group.BILLING),
    models.Office: Screen("toimipaikat", "site", 430, group=Group.BILLING),
    models.ErasureList: Screen("poistolistat", "calendar-alt", 435, group=Group.PROTECTION),
    models.RetentionRun: Screen("poistoajot", "bin", 440, group=Group.PROTECTION),
}


def screen_of(model: type[Model]) -> Screen:
    """Return the model's row of the table; ImproperlyConfigured when it has none."""
    try:
        return SCREENS[model]
    except KeyError:
        raise ImproperlyConfigured(f"{model._meta.label} has no row in SCREENS.") from None


def menu_label(model: type[Model]) -> Any:
    """Return what the menu calls the model's screens, translated when it is shown."""
    label = screen_of(model).label
    return capfirst(model._meta.verbose_name_plural) if label is None else label


def address(of: type[Model] | Model, action: str, *args: Any) -> str:
    """Return the address of a screen: `address(Client, "create")`, `address(client, "inspect")`.

    `args` is the key, where only the model is at hand: `address(Client, "inspect", key)`.
    """
    if isinstance(of, Model):
        model, args = type(of), (of.pk, *args)
    else:
        model = of
    url: str = AdminURLHelper(model, screen_of(model).path).get_action_url(action, *args)
    return url

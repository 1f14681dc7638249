"""The menu "…" of a row: what this person may do with it, asked for a whole page at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn

from register.access.gate import changeable
from register.access.standing import User
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.seen import seal


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """One act of a row: a link, or, with a seal, a button that does it by one click."""

    label: Any
    url: str
    seen: str = ""


class RowMenuColumn(BaseColumn):
    """The last column: Wagtail's own drop-down, one a row.

    Attributes:
        acts: the acts by the key of the row.
        name_of: returns what the row is called, for who hears the page.
    """

    cell_template_name = "register/admin/tables/row_menu_cell.html"
    header_template_name = "register/admin/tables/row_menu_header.html"

    def __init__(self, acts: dict[Any, list[RowAct]], *, name_of: Any) -> None:
        super().__init__("acts", label=gettext_lazy("Actions"), classname="register-row-menu")
        self.acts, self.name_of = acts, name_of

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "acts": self.acts.get(instance.pk, ()),
            "toggle_label": _("Actions: %(name)s") % {"name": self.name_of(instance)},
            "csrf_token": parent_context.get("csrf_token"),
        }


def menu_of(
    rows: Sequence[Any], model_admin: Any, *, by: User, today: date
) -> RowMenuColumn | None:
    """Return the column for a page of rows; None where nobody does anything with any of them.

    The gate is asked once for the page, and only where the screen has an act at all.
    """
    if not rows or not (model_admin.form_class or model_admin.actions):
        return None
    keys = [row.pk for row in rows]
    may_change = changeable(type(rows[0]), by=by, today=today).filter(pk__in=keys)
    changed = set(may_change.values_list("pk", flat=True))
    acts = {row.pk: list(acts_of(row, model_admin, by=by)) for row in rows if row.pk in changed}
    if not any(acts.values()):
        return None
    return RowMenuColumn(acts, name_of=model_admin.title_of)


def acts_of(row: Any, model_admin: Any, *, by: User) -> Iterable[RowAct]:
    """Yield the acts of a row that the person may change."""
    for label, url in model_admin.row_links(row):
        yield RowAct(label=label, url=url)
    if model_admin.get_form_class(row):
        yield RowAct(label=_("Edit"), url=address(row, "edit"))
    for action in model_admin.actions:
        if action.on_rows and action.offered(row):
            yield RowAct(
                label=action.label,
                url=address(row, action.name),
                seen=seal(row, by=by) if action.harmless else "",
            )

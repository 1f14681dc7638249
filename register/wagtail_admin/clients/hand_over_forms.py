"""The form by which clients are handed over: days, ticks, and who gets whom."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from register.domain.clients.counsellors import Offered
from register.domain.clients.hand_over_list import Given
from register.domain.clients.handing_over import Move
from register.models.staff import named
from register.wagtail_admin.base.inputs import DayField

TICKED, ALL, SHOWN = "client", "all", "shown"


def load(offered: Offered) -> str:
    """Return a colleague's name with how many clients are open to that person today."""
    clients = ngettext("%(count)d client", "%(count)d clients", offered.clients)
    return f"{named(offered.member.user)}: {clients % {'count': offered.clients}}"


class HandOverForm(forms.Form):
    """From when until when, and to whom. The clients are ticked beside it, none beforehand.

    One box ticks all that were shown, and no other: who came to the list meanwhile stays.
    """

    valid_from = DayField(label=_("From"))
    valid_until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Leave it empty where the clients are handed over for good."),
    )
    to = forms.TypedChoiceField(
        label=_("To whom"), coerce=int, required=False, empty_value=None, choices=()
    )

    def __init__(
        self,
        data: Any = None,
        *,
        rows: Collection[Given],
        colleagues: Collection[Offered],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.rows = {str(row.client.pk): row for row in rows}
        self.names = {each.member.pk: named(each.member.user) for each in colleagues}
        self.colleagues = [(each.member.pk, load(each)) for each in colleagues]
        self.fields["to"].choices = [("", _("Choose…")), *self.colleagues]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        """Keys of the clients who are handed over, of those who stand there still."""
        if not self.is_bound:
            return set()
        sent = set(self.data.getlist(TICKED))  # type: ignore[attr-defined]
        if self.data.get(ALL):
            sent = set(self.data.get(SHOWN, "").split(","))
        return sent & set(self.rows)

    @property
    def ticks_all(self) -> bool:
        return self.is_bound and bool(self.data.get(ALL))

    def chosen_for(self, key: str) -> str:
        """Return who was chosen beside one client; "" for the one who gets all."""
        return self.data.get(f"to-{key}", "") if self.is_bound else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.ticked:
            self.add_error(None, _("Tick the clients who are handed over."))
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The end can't be before the start."))
        offered = {str(key) for key, _label in self.colleagues}
        beside = {key: self.chosen_for(key) for key in self.ticked}
        if any(each and each not in offered for each in beside.values()):
            raise ValidationError(_("Choose one of the colleagues who are offered."))
        if "to" not in self.errors and not data.get("to") and not (beside and all(beside.values())):
            self.add_error("to", _("Choose who gets the clients."))
        return data

    def moves(self) -> list[Move]:
        """Return who goes where, with the periods as they are now."""
        for_all = self.cleaned_data["to"]
        return [
            Move(UUID(key), int(self.chosen_for(key) or for_all), self.rows[key].seen)
            for key in self.rows
            if key in self.ticked
        ]

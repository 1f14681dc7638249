"""All notes on a client, or those of a period, on one page to print (C18, C32)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import User
from register.domain.access_log import reading
from register.domain.retention import erasure_date
from register.domain.retention.erasure_words import destroyed_by
from register.models import Note
from register.models.access_log import Action
from register.wagtail_admin.base.inputs import DayField
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.screens import address


class PeriodForm(forms.Form):
    """From when until when; both days belong to it, and either may be left out."""

    alkaen = DayField(label=gettext_lazy("From"), required=False)
    asti = DayField(label=gettext_lazy("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("alkaen"), self.cleaned_data.get("asti")
        if first and last and last < first:
            self.add_error("asti", _("The end can't be before the start."))
        return self.cleaned_data

    def narrow(self, notes: QuerySet[Any]) -> QuerySet[Any]:
        """Return the notes of the period; none while it can't be understood."""
        if not self.is_valid():
            return notes.none()
        first, last = self.cleaned_data["alkaen"], self.cleaned_data["asti"]
        notes = notes.filter(met_on__gte=first) if first else notes
        return notes.filter(met_on__lte=last) if last else notes


class PrintedNotesView(ObjectView):
    """The notes, oldest first, as a paper is read; with the day by which it is destroyed.

    The log tells that the client's notes were listed, and how many.
    """

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        label = _("Notes to print: %(name)s") % {"name": self.instance.name}
        return [*super().get_breadcrumbs(), {"url": "", "label": label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PeriodForm(self.request.GET)
        notes = reading.read(
            Note,
            to=self.request.user,
            today=self.today,
            view=self.view_name,
            action=Action.LIST,
            narrow=lambda rows: (
                form.narrow(rows.filter(order__client=self.instance))
                .select_related("order__service", "author__user")
                .order_by("met_on", "written_at")
            ),
        )
        ends = erasure_date.of_client(self.instance)
        printed = [ends.of(key) for key in dict.fromkeys(note.order_id for note in notes)]
        return super().get_context_data(
            **{
                "form": form,
                "media": form.media,
                "notes": notes,
                "destroyed_by": destroyed_by(ends, printed, today=self.today) if notes else "",
                "card_url": address(self.instance, "inspect"),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/client_notes_printed.html"]

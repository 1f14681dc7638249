"""The form of a note."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.standing import effective_access
from register.domain.orders import notes
from register.models import Note, ServiceOrder
from register.models.orders import NoteBasis, NoteKind
from register.wagtail_admin.base.forms import EncryptedTextField, RegisterForm
from register.wagtail_admin.base.sensitive import HEALTH, join_lazy


class NoteForm(RegisterForm):
    """A note on an order that is given, not chosen."""

    text = EncryptedTextField(
        Note.text,
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=join_lazy(_("Only what the guidance needs. Stored encrypted."), HEALTH),
    )

    class Meta(RegisterForm.Meta):
        model = Note
        fields = ["met_on", "kind", "basis"]
        widgets = {"basis": forms.RadioSelect, "kind": forms.RadioSelect}
        help_texts = {
            "basis": _("A note that mixes both counts as told by the client."),
            "kind": _("A no-show does not prolong how long the data is kept."),
        }

    def __init__(self, order: ServiceOrder, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # A page that was open before there were kinds sends none.
        self.fields["kind"].required = False
        # None is chosen beforehand, and there is no empty line to choose.
        self.fields["basis"].choices = NoteBasis.choices  # type: ignore[attr-defined]
        if self.instance._state.adding:
            self.instance.order = order
            self.instance.author = effective_access(self.by, today=self.today).staff_member
            self.initial.setdefault("met_on", self.today)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or NoteKind.MEETING

    def clean(self) -> dict[str, Any]:
        super().clean()
        met_on = self.cleaned_data.get("met_on")
        if self.touched("met_on"):
            try:
                notes.refuse_day(met_on, order=self.instance.order, today=self.today)
            except ValidationError as refused:
                self.add_error(None, refused)
        return self.cleaned_data

"""The form of an assignment."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.domain.access_log import reading
from register.models import Assignment, Client, StaffMember
from register.models.access_log import Action
from register.models.staff import Role, named
from register.text.form_fields import Line
from register.text.identifiers import normalise_register_number
from register.wagtail_admin.base.forms import RegisterForm
from register.wagtail_admin.base.generic import ModelChoiceField


class CounsellorField(ModelChoiceField):
    """A choice of counsellors, by name and user name."""

    def label_from_instance(self, obj: StaffMember) -> str:
        return named(obj.user)


class AssignmentForm(RegisterForm):
    """An assignment by register number: the main user needs no client's name (C33)."""

    register_number = Line(label=_("Client's register number"), max_length=20)
    counsellor = CounsellorField(
        label=_("Counsellor"), queryset=StaffMember.objects.none(), empty_label=_("Choose…")
    )
    fieldsets = (
        (
            _("Assignment"),
            ("register_number", "counsellor", "valid_from", "valid_until"),
        ),
    )

    class Meta(RegisterForm.Meta):
        model = Assignment
        fields = ["valid_from", "valid_until"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.instance._state.adding:
            self.fields["counsellor"].queryset = (  # type: ignore[attr-defined]
                StaffMember.objects.filter(pk__in=self.counsellors()).select_related("user")
            )
            self.initial.setdefault("valid_from", self.today)
        else:
            del self.fields["register_number"], self.fields["counsellor"]

    def counsellors(self) -> list[int]:
        """Return the keys of those who are offered by name, having logged that they were (C38)."""
        open_ones = StaffMember.objects.open(self.today).holding(Role.COUNSELLOR)
        found = reading.read(
            StaffMember,
            to=self.by,
            today=self.today,
            view="assignment_form",
            action=Action.LIST,
            narrow=lambda rows: rows.filter(pk__in=open_ones.values("pk")),
        )
        return [member.pk for member in found]

    def clean_register_number(self) -> str:
        number = normalise_register_number(self.cleaned_data["register_number"])
        self.client = Client.objects.filter(register_number=number).only("pk").first()
        if self.client is None:
            raise ValidationError(_("There is no client with this register number."))
        return number

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The end can't be before the start."))
        return self.cleaned_data

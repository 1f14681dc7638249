"""When the staff were heard about the log of use and the weekly summary (Act 759/2004)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.staff import hearings
from register.models import StaffHearing
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.forms import RegisterForm


class StaffHearingForm(RegisterForm):
    fieldsets = ((_("Hearing of the staff"), ("held_on",)),)

    class Meta(RegisterForm.Meta):
        model = StaffHearing
        fields = ["held_on"]


class StaffHearingAdmin(RegisterModelAdmin):
    model = StaffHearing
    ordering = ("-held_on",)
    form_class = StaffHearingForm
    columns = ("held_on",)

    def title_of(self, instance: StaffHearing) -> str:
        return str(instance)

    def add_object(self, form: Any, *, by: User) -> Model:
        return hearings.record_hearing(**form.values(), by=by, today=self.today)

    def lost_with(self, instance: StaffHearing) -> Sequence[Any]:
        return [
            _("Remove it only when it was recorded by mistake."),
            _("Without a hearing on file no weekly summary of the log of use is made."),
        ]

    def delete_object(self, instance: StaffHearing, *, seen: int, by: User) -> None:
        hearings.remove_hearing(instance, seen=seen, by=by, today=self.today)

"""What is asked of who approves, puts back, or withdraws: reasons that say something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy_notice.approval.looking import Proposal
from register.text.form_fields import Lines
from register.text.validators import validate_no_identity_code, validate_says_something

LONGEST = 1000
PREFIX = "promise-"


def reason(label: Any, help_text: Any = "", *, required: bool = True) -> Lines:
    """Return the field of a reason, which nobody can leave out unless it is not required."""
    return Lines(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        validators=[validate_says_something, validate_no_identity_code],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """A reason that the public reads."""

    required_css_class = "required"
    reason = reason(_("Reason for the change"), _("The public reads it in the list of versions."))


class WithdrawalForm(forms.Form):
    """Why a version is withdrawn."""

    required_css_class = "required"
    reason = reason(
        _("Reason for the withdrawal"), _("The public reads it in the place of the version.")
    )


class ApprovalForm(ReasonForm):
    """The reason for the change, and one for each promise that is not kept."""

    material = forms.BooleanField(
        label=_("Material change"),
        required=False,
        help_text=_(
            "Tick it when clients have to be told: a new purpose, recipient or period. Present "
            "clients are then listed for their counsellors to tell."
        ),
    )
    same = reason(
        _("The same reason for the others"),
        _(
            "For each that is not kept yet and has no reason of its own below. One that is broken "
            "needs its own."
        ),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": proposal.mark} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if not proposal.tells_clients:
            del self.fields["material"]
        elif proposal.new_purposes:
            # A disabled field has its initial value, whatever is posted.
            self.fields["material"].initial = self.fields["material"].disabled = True
        self.asking = proposal.asking
        for each in self.asking:
            label = _("Why it is published nevertheless")
            field = reason(label, required=not each.takes_the_same)
            field.initial = each.reason
            self.fields[f"{PREFIX}{each.clause}"] = field

    def clean(self) -> dict[str, Any]:
        """Ask for each reason that is not given, unless one for the others is."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.asking:
            name = f"{PREFIX}{each.clause}"
            if cleaned.get(name) == "" and not cleaned.get("same") and "same" not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def offers_the_same(self) -> bool:
        """Whether there is any promise for which one reason would do."""
        return any(each.takes_the_same for each in self.asking)

    def reasons(self) -> dict[str, str]:
        """Return the reasons by clause."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX)
        }

    def show_anew(self, proposal: Proposal) -> None:
        """Let what is shown now be what is approved next; what was typed stays."""
        self.data = {**self.data.dict(), "seen": proposal.mark}  # type: ignore[attr-defined]

"""What is asked of who approves, puts back, or withdraws: reasons that say something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy_notice.approval.looking import Proposal
from register.text.form_fields import Lines
from register.text.validators import validate_no_identity_code, validate_says_something

LONGEST = 1000
PREFIX = "promise-"


def reason(label: Any, help_text: Any = "") -> Lines:
    """Return the field of a reason that nobody can leave out."""
    return Lines(
        label=label,
        help_text=help_text,
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
        help_text=_("Tick it when clients have to be told: a new purpose, recipient or period."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": proposal.mark} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for each in proposal.asking:
            field = reason(_("Why it is published nevertheless"))
            field.initial = each.reason
            self.fields[f"{PREFIX}{each.clause}"] = field

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

"""The notice's form: submits nothing incomplete, and puts back what is missing (C01)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel

from privacy_notice.guarding.current import language_of
from privacy_notice.guarding.whole import completed, missing

PUT_BACK = "put-back"
PUBLISH = "action-publish"
SUBMIT = ("action-submit", "action-restart-workflow")
LACKS = _(
    "The notice can't be submitted: it lacks what must be in it. Press “Put back what is missing” "
    "at the top of the page; all that you have written stays."
)
BY_APPROVAL = _(
    "The notice is published by approval. Save it as a draft and submit it to the data protection "
    "contact; all that you have written stays here."
)


def lacking(notice: Any, sections: Any) -> list[str]:
    """Return what the sections lack that has to be in the notice, in the words of its language."""
    return missing(sections.get_prep_value(), language=language_of(notice))


class NoticeForm(WagtailAdminPageForm):
    """Saves a draft with what is missing, when the editor asks for it.

    `lacks` is what the sections as they were sent lack.
    """

    lacks: list[str] | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        sections = cleaned.get("sections")
        if sections is None:  # which has its own errors
            return cleaned
        if PUT_BACK in self.data:
            block = sections.stream_block
            whole = completed(sections.get_prep_value(), language=language_of(self.instance))
            cleaned["sections"] = block.to_python(whole)
        elif PUBLISH in self.data:
            self.add_error(None, BY_APPROVAL)
        elif any(name in self.data for name in SUBMIT):
            self.lacks = lacking(self.instance, sections)
            if self.lacks:
                self.add_error("sections", LACKS)
        return cleaned


class MissingPanel(Panel):
    """What the notice lacks, with the button that puts it back. Hidden from a whole one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "privacy_notice/admin/missing_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.missing())

        def missing(self) -> list[str]:
            sent: list[str] | None = self.form.lacks
            return lacking(self.instance, self.instance.sections) if sent is None else sent

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"missing": self.missing(), "name": PUT_BACK}

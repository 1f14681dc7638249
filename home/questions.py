"""What an editor can't ask: a question or a choice that the form could not tell from another.

A question's name in the form is made from its words by Wagtail, in ASCII; a choice is a line.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.forms import SENDING
from register.text.visible import is_visible

KINDS_WITH_CHOICES = ("radio", "checkboxes")
# PostgreSQL refuses a longer name, SQLite keeps it: as many characters as the column has.
LONGEST_NAME = 255
# Fields of every form beside the questions, and Django's own name for none of them.
RESERVED = frozenset(("csrfmiddlewaretoken", SENDING, "__all__"))


class QuestionsForm(WagtailAdminPageForm):
    """The page's form in the editor: no two questions can have the same name."""

    def clean(self) -> dict[str, Any]:
        """Refuse the later of two questions that the form could not tell apart."""
        cleaned: dict[str, Any] = super().clean()
        names: set[str] = set()
        for form in self.formsets["form_fields"].forms if "form_fields" in self.formsets else ():
            form.is_valid()
            if form.cleaned_data.get("DELETE") or not form.cleaned_data.get("label"):
                continue
            name = form.instance.clean_name or form.instance.get_field_clean_name()
            if name in names:
                form.add_error(
                    "label", _("Another question has nearly the same words. Ask in other words.")
                )
            names.add(name)
        return cleaned


def refusals(*, name: str, kind: str, choices: str) -> dict[str, list[Any]]:
    """Return what is wrong with a question, by the field of the editor that it is said beside.

    Args:
        name: the question's name in the form.
        kind: one of ANSWER_KINDS.
        choices: as the editor typed them, one a line.
    """
    found = {"label": list(wrong_with_name(name))}
    if kind in KINDS_WITH_CHOICES:
        found["choices"] = list(wrong_with_choices(choices))
    return {field: complaints for field, complaints in found.items() if complaints}


def wrong_with_name(name: str) -> Iterator[Any]:
    if not name:
        yield _("Write the question in words: it needs letters or digits.")
    elif len(name) > LONGEST_NAME:
        yield _("The question is too long. Shorten it, and put the rest into the help text.")
    elif name in RESERVED:
        yield _("The form itself uses this word. Ask in other words.")


def wrong_with_choices(choices: str) -> Iterator[Any]:
    """Yield what is wrong with the choices; commas at the ends of lines are no part of them."""
    lines = [line.strip().rstrip(",").strip() for line in choices.splitlines()]
    # A comma alone says nothing either.
    said = [is_visible(line.replace(",", "")) for line in lines]
    if not any(said):
        yield _("Write the choices, one on each line.")
        return
    if not all(said):
        yield _("There is an empty line among the choices. Remove it.")
    if len(lines) == 1 and "," in choices:
        yield _("A comma would split this. Write each choice on a line of its own.")
    alike = [normalize("NFKC", line).casefold() for line in lines]
    counted = Counter(alike)
    doubled = {line for line, same in zip(lines, alike, strict=True) if line and counted[same] > 1}
    if doubled:
        named = {"choices": ", ".join(sorted(doubled))}
        yield _("The same choice stands here twice: %(choices)s.") % named

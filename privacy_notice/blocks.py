"""Blocks of the notice. Those about facts render the facts, and hold no text of their own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from privacy_notice.prose import lengths
from privacy_notice.prose.tokens import FEATURE, validate_facts_known
from privacy_notice.statements import BOXED, STATEMENTS
from register.text.validators import validate_says_something

# The fact comes first: what is pasted is looked at in this order.
TEXT_FEATURES = [FEATURE, "h3", "bold", "italic", "link", "ul", "ol"]


class FactsBlock(blocks.StaticBlock):
    """A block that an editor places, and whose content is the facts of a day.

    `told` is their name among the facts that the page hands over (see `rendering.facts_of`),
    and `states` the clauses that it states.
    """

    told: str
    name_in_template = "facts"
    states: tuple[str, ...] = ()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context[self.name_in_template] = context.get("facts_of_day", {}).get(self.told)
        return context


class ControllerFactsBlock(FactsBlock):
    """Facts from the site setting (C03, C05–C08, C53)."""

    told = name_in_template = "controller"


class RegisterNameBlock(ControllerFactsBlock):
    states = ("C03",)

    class Meta:
        label = _("Register's name")
        icon = "title"
        admin_text = _("The register's name, from the settings (Controller).")
        template = "privacy_notice/blocks/register_name.html"


class ControllerBlock(ControllerFactsBlock):
    states = ("C05", "C06", "C07", "C08")

    class Meta:
        label = _("Controller")
        icon = "home"
        admin_text = _("The controller's name and contact details, from the settings (Controller).")
        template = "privacy_notice/blocks/controller.html"


class ContactPersonBlock(ControllerFactsBlock):
    states = ("C53",)

    class Meta:
        label = _("Contact person")
        icon = "user"
        admin_text = _("The contact person, from the settings (Controller).")
        template = "privacy_notice/blocks/contact_person.html"


class DataCategoriesBlock(FactsBlock):
    told = "categories"
    states = tuple(f"C{number:02}" for number in range(9, 19))

    class Meta:
        label = _("Data and legal bases")
        icon = "list-ul"
        admin_text = _("Every piece of data held, with its purposes and legal basis (inventory).")
        template = "privacy_notice/blocks/data_categories.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Tell of the register's own entries once, below all of them."""
        context = super().get_context(value, parent_context)
        context["entries"] = any(each.get("entries") for each in context["facts"] or [])
        return context


class PurposesBlock(FactsBlock):
    told = "purposes"
    states = ("C19",)

    class Meta:
        label = _("Purposes")
        icon = "help"
        admin_text = _("What the data is used for (inventory).")
        template = "privacy_notice/blocks/purposes.html"


class RecipientsBlock(FactsBlock):
    told = "recipients"
    states = ("C25",)

    class Meta:
        label = _("Recipients")
        icon = "mail"
        admin_text = _("Who gets data, and exactly which (inventory).")
        template = "privacy_notice/blocks/recipients.html"


class ProcessorsBlock(FactsBlock):
    """Who processes data for the company, and in which countries, from the register (C26–C28)."""

    told = "processors"
    states = ("C26", "C28")

    class Meta:
        label = _("Processors")
        icon = "globe"
        admin_text = _("Who processes data for us, and where (processors in use).")
        template = "privacy_notice/blocks/processors.html"


class RetentionBlock(FactsBlock):
    """How long each kind of data is kept, and for how long backups outlive it (R13)."""

    told = "retention"
    states = ("C44",)

    class Meta:
        label = _("Retention times")
        icon = "time"
        admin_text = _("How long each kind of data is kept (inventory).")
        template = "privacy_notice/blocks/retention.html"


class StatementBlock(blocks.RichTextBlock):
    """Text that has to be there, in the editor's words: its kind says which clauses it states."""

    def __init__(self, states: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(
            **{"features": TEXT_FEATURES, "validators": [validate_facts_known], **kwargs}
        )
        self.states = states


def _statement(kind: str, states: tuple[str, ...], *, label: Any) -> StatementBlock:
    boxed = {"template": "privacy_notice/blocks/boxed.html"} if kind in BOXED else {}
    return StatementBlock(states, label=label, icon="doc-full", group=_("Statements"), **boxed)


class SectionBodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=TEXT_FEATURES,
        validators=[validate_facts_known],
    )
    register_name = RegisterNameBlock()
    controller = ControllerBlock()
    contact_person = ContactPersonBlock()
    data_categories = DataCategoriesBlock()
    purposes = PurposesBlock()
    recipients = RecipientsBlock()
    processors_in_use = ProcessorsBlock()
    retention = RetentionBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        statements = [
            (kind, _statement(kind, states, label=label))
            for kind, (label, states) in STATEMENTS.items()
        ]
        super().__init__([*statements, *(local_blocks or [])], **kwargs)

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse a text that was pasted by mistake, beside it; what was typed stays in the form."""
        cleaned = super().clean(value, *args, **kwargs)
        errors: dict[int, ValidationError] = {}
        for place, part in enumerate(cleaned):
            try:
                lengths.validate_length(part.value if hasattr(part.value, "source") else "")
            except ValidationError as error:
                errors[place] = error
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), max_length=120, validators=[validate_says_something]
    )
    anchor = blocks.RegexBlock(
        label=_("Address inside the page"),
        regex=r"\A[a-z][a-z0-9-]{0,59}\Z",
        error_messages={
            "invalid": _("Use small letters a–z, digits and hyphens, and begin with a letter.")
        },
        help_text=_("Links point to it: don't change it without a reason."),
    )
    body = SectionBodyBlock(label=_("Content"))

    class Meta:
        label = _("Section")
        label_format = "{heading}"
        icon = "doc-full"
        template = "privacy_notice/blocks/section.html"


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()

    class Meta:
        collapsed = True

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse two sections with one address: a link could reach only the first.

        And more text in all than anybody reads.
        """
        cleaned = super().clean(value, *args, **kwargs)
        seen: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for index, section in enumerate(cleaned):
            anchor = section.value["anchor"]
            if anchor in seen:
                message = _("Another section has the address “%(anchor)s”.")
                repeated = ValidationError(message, code="repeated", params={"anchor": anchor})
                errors[index] = StructBlockValidationError(block_errors={"anchor": repeated})
            if anchor:
                seen.add(anchor)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        in_all = sum(map(lengths.length, lengths.texts(cleaned)))
        try:
            lengths.refuse_longer(in_all, lengths.LONGEST_NOTICE)
        except ValidationError as error:
            raise StreamBlockValidationError(non_block_errors=[error]) from error
        return cleaned

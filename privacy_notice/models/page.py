"""The published notice (C01)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from privacy_notice.blocks import SectionsBlock
from register.domain.access_log.typed import refuse_identity_codes
from register.text.model_fields import LinesField
from register.text.page_fields import RichTextField, StreamField
from register.text.validators import validate_not_in_future


class PrivacyNoticePage(Page):
    """The privacy notice: sections in the editor's order, with facts from their one source.

    `reviewed_on` is when a person last found all of it true (C39).
    """

    intro = RichTextField(
        _("introduction"), features=["bold", "italic", "link", "ul", "ol"], blank=True
    )
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"))
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        validators=[validate_not_in_future],
        help_text=_("The day on which a person last read the whole notice and found it true."),
    )
    editors_note = LinesField(
        _("editor's note"), blank=True, help_text=_("For the editors only: never published.")
    )

    content_panels = [
        *Page.content_panels,
        HelpPanel(
            content=_(
                "Contact details come from the settings, and the lists of data, recipients and "
                "retention times from the register's inventory: they can't be edited here."
            )
        ),
        FieldPanel("intro"),
        FieldPanel("sections"),
        FieldPanel("reviewed_on"),
        FieldPanel("editors_note"),
    ]
    subpage_types: list[str] = []
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("privacy notice")

    def clean(self) -> None:
        super().clean()
        refuse_identity_codes(self)

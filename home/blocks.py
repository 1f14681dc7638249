"""Blocks of the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PointBlock(blocks.StructBlock):
    """A short heading and a few sentences: an offer, or a step."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=600)

    class Meta:
        label = _("Point")
        icon = "title"

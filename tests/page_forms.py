"""The forms of pages, filled in and sent as Wagtail's script builds them."""

from typing import Any

from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.forms import open_form
from tests.notices import publish_draft


def publish(client, page: Page, **typed: Any):
    """Open the page's form, type these values over what it shows, and publish."""
    return save_draft(client, page, **typed, **{"action-publish": "1"})


def submit(client, page: Page, **typed: Any):
    """Open the page's form, type these values over what it shows, and submit it for approval."""
    return save_draft(client, page, **typed, **{"action-submit": "1"})


def submit_and_publish(client, page: Page, **typed: Any):
    """Submit the page, and publish what was taken in, as its approval would."""
    answer = submit(client, page, **typed)
    if answer.status_code == 302:
        publish_draft(Page.objects.get(pk=page.pk).get_latest_revision())
    return answer


def save_draft(client, page: Page, **typed: Any):
    """Open the page's form, type these values over what it shows, and save it as a draft."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return open_form(client, address, "[data-edit-form]").send(client, **(streams(page) | typed))


def streams(page: Page) -> dict[str, str]:
    """Return what the forms of the page's streams send, which a script makes."""
    latest = page.get_latest_revision_as_object()
    data: dict[str, str] = {}
    for field in latest._meta.get_fields():
        if isinstance(field, StreamField):
            data |= sent(field.stream_block, getattr(latest, field.name), field.name)
    return data


def sent(block: blocks.Block, value: Any, name: str) -> dict[str, str]:
    """Return what the form of one block sends, with the blocks inside it."""
    data: dict[str, str] = {}
    if isinstance(block, blocks.BaseStreamBlock):
        data[f"{name}-count"] = str(len(value))
        for place, child in enumerate(value):
            around = f"{name}-{place}"
            data |= {
                f"{around}-type": child.block_type,
                f"{around}-id": child.id or "",
                f"{around}-order": str(place),
                f"{around}-deleted": "",
            }
            data |= sent(child.block, child.value, f"{around}-value")
    elif isinstance(block, blocks.BaseStructBlock):
        for key, child in block.child_blocks.items():
            data |= sent(child, value[key], f"{name}-{key}")
    elif isinstance(block, blocks.FieldBlock):
        prepared = block.field.prepare_value(block.value_for_form(value))
        data[name] = str(block.field.widget.format_value(prepared) or "")
    return data

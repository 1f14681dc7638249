"""The forms of a page, filled in and sent as a browser does: with all that they show and hide."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag


@dataclass
class Form:
    """A form as it was shown, for as long as one likes to leave it open."""

    address: str
    data: dict[str, list[str]]

    def send(self, client, /, **typed: Any):
        """Send it with these values typed over what it showed; None clears a field or a box."""
        changed = {
            name: [] if value is None else value if isinstance(value, list) else [value]
            for name, value in typed.items()
        }
        return client.post(self.address, self.data | changed)


def open_form(client, address: str, form: str = "#w-editor-form") -> Form:
    """Return the form that the page at the address shows; `form` is a CSS selector."""
    return form_of(client.get(address), form)


def form_of(response, form: str = "#w-editor-form") -> Form:
    """Return the form that an answer shows."""
    # As a browser reads a page: with one kind of line break.
    page = response.content.decode().replace("\r\n", "\n").replace("\r", "\n")
    found = BeautifulSoup(page, "html.parser").select_one(form)
    data: dict[str, list[str]] = {}
    for control in found.select("input[name], textarea[name], select[name]"):
        data.setdefault(control["name"], []).extend(values(control))
    return Form(found.get("action") or response.request["PATH_INFO"], data)


def values(control: Tag) -> list[str]:
    """Return what a browser would send of one control."""
    if control.name == "textarea":
        # The first line break belongs to the mark-up; the others are sent as two characters.
        return [control.get_text().removeprefix("\n").replace("\n", "\r\n")]
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[:1]
        return [option["value"] for option in chosen]
    if control.get("type") in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.has_attr("checked") else []
    value = control.get("value", "")
    if control.get("type") != "hidden":
        value = value.replace("\r", "").replace("\n", "")
    return [value.strip(" \t\f") if control.get("type") == "email" else value]

"""The register's name, on the screen with which everybody begins (C03)."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Site

from register.models import Controller


class NamePanel(Component):
    """The register's one official name (C03)."""

    name = "register_name"
    order = 5
    template_name = "register/admin/home/name.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        site = Site.find_for_request(self.request)  # None while there is no site yet
        return {"name": Controller.for_site(site).register_name if site else ""}

"""Where a person can see how a promise is kept: a screen of the admin, or the public page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from privacy_notice.models.page import PrivacyNoticePage
from register.access.gate import may_list
from register.models import Controller
from register.reference.clock import today
from register.wagtail_admin.base.screens import address, menu_label


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A place to look at.

    Attributes:
        model: whose list it is; None for the public page.
        chapter: the address of the section inside the public page.
    """

    model: type[Model] | None = None
    chapter: str = ""

    @property
    def label(self) -> Any:
        if self.model is None:
            return _("Privacy notice")
        if self.model is Controller:
            return capfirst(self.model._meta.verbose_name)
        return menu_label(self.model)

    def address(self, *, to: AbstractBaseUser | None = None) -> str:
        """Return where it is; "" when there is no such place, or the person can't open it."""
        if self.model is None:
            live = PrivacyNoticePage.objects.live()
            own = live.filter(locale__language_code=settings.LANGUAGE_CODE)
            page = own.first() or live.first()
            return f"{page.url}#{self.chapter}".rstrip("#") if page and page.url else ""
        if to is not None and not may_list(to, self.model, today=today()):
            return ""
        if self.model is Controller:
            site = Site.objects.filter(is_default_site=True).first()
            names = ["register", "controller"]
            return reverse("wagtailsettings:edit", args=[*names, site.pk]) if site else ""
        return address(self.model, "index")


def screen(model: type[Model]) -> Link:
    """Return the link to the list of a model in the admin."""
    return Link(model=model)


def section(anchor: str = "") -> Link:
    """Return the link to a section of the published notice."""
    return Link(chapter=anchor)

"""What a check may look at. Each look is new: nothing is remembered from one to the next."""

from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Model

from privacy_notice.models.page import PrivacyNoticePage
from privacy_notice.promises.visiting import ReadPage, Visitor
from register.models import Controller
from register.reference import clock


def column(model: type[Model], name: str) -> str:
    """Return the column in which the model keeps the field."""
    return str(getattr(model._meta.get_field(name), "column", name))


class NoNotice(Exception):
    """There is no notice at all yet, so that nothing it says can be looked at."""


def first_notice() -> PrivacyNoticePage | None:
    """Return the notice in the site's own language, else another: one in force before a draft."""
    found = PrivacyNoticePage.objects.select_related("locale").order_by("-live", "path")
    own = found.filter(locale__language_code=settings.LANGUAGE_CODE)
    return own.first() or found.first()


class Look:
    """One look at the running system, at one moment.

    Attributes:
        asked: whether the notice has been looked at, which has to be done in each language.
    """

    def __init__(self, *, now: datetime, page: PrivacyNoticePage | None = None) -> None:
        self.now, self.asked = now, False
        self._given = page
        self._columns: dict[type[Model], set[str]] = {}

    @cached_property
    def language(self) -> str:
        """The language of the notice that is looked at; the site's own while there is none."""
        page = self._given or first_notice()
        return page.locale.language_code if page else settings.LANGUAGE_CODE

    @cached_property
    def at_the_others(self) -> list["Look"]:
        """The same look at each other notice that the public reads: one in each language."""
        others = PrivacyNoticePage.objects.live().exclude(pk=self._page.pk).order_by("path")
        looks = [Look(now=self.now, page=page) for page in others]
        for look in looks:
            look._columns = self._columns  # the database is the same
        return looks

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    @cached_property
    def visitor(self) -> Visitor:
        return Visitor()

    @property
    def page(self) -> PrivacyNoticePage:
        """The notice as it is stored. NoNotice."""
        self.asked = True
        return self._page

    @property
    def notice(self) -> ReadPage:
        """The notice as a visitor reads it now. NoNotice, or ValueError when nobody can."""
        self.asked = True
        return self._read

    @cached_property
    def controller(self) -> Controller:
        """The controller's facts of the notice's own site."""
        return Controller.for_site(self._page.get_site())

    @cached_property
    def _page(self) -> PrivacyNoticePage:
        page = self._given or first_notice()
        if page is None:
            raise NoNotice
        return page

    @cached_property
    def _read(self) -> ReadPage:
        return self.visitor.page(urlsplit(self._page.url or "").path)

    def columns(self, model: type[Model]) -> set[str]:
        """Return the columns that the model's table has in the database."""
        if model not in self._columns:
            with connection.cursor() as cursor:
                table = connection.introspection.get_table_description(cursor, model._meta.db_table)
            self._columns[model] = {column.name for column in table}
        return self._columns[model]

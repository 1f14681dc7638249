"""What a check may look at. Each look is new: nothing is remembered from one to the next."""

from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlsplit

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


class Look:
    """One look at the running system, at one moment."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    @cached_property
    def visitor(self) -> Visitor:
        return Visitor()

    @cached_property
    def page(self) -> PrivacyNoticePage:
        """The notice as it is stored. NoNotice."""
        page = PrivacyNoticePage.objects.order_by("-live", "path").first()
        if page is None:
            raise NoNotice
        return page

    @cached_property
    def notice(self) -> ReadPage:
        """The notice as a visitor reads it now. NoNotice, or ValueError when nobody can."""
        return self.visitor.page(urlsplit(self.page.url or "").path)

    @cached_property
    def controller(self) -> Controller:
        """The controller's facts of the notice's own site."""
        return Controller.for_site(self.page.get_site())

    def columns(self, model: type[Model]) -> set[str]:
        """Return the columns that the model's table has in the database."""
        with connection.cursor() as cursor:
            table = connection.introspection.get_table_description(cursor, model._meta.db_table)
        return {column.name for column in table}

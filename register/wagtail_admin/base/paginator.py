"""Pages of a long list: counted to a thousand, then "1000+"."""

from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from register.wagtail_admin.base.generic import Paginator

COUNT_LIMIT = 1000


class CappedPaginator(Paginator):
    """A paginator whose count stops at COUNT_LIMIT: counting 100,000 rows costs 100 ms.

    Later pages can still be reached one by one; a page number that does not exist gives the
    nearest one that does.
    """

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.count > COUNT_LIMIT

    @property
    def count_label(self) -> str:
        return _("%(count)d+") % {"count": COUNT_LIMIT} if self.is_capped else str(self.count)

    def number(self, asked: str | None) -> int:
        """Return the asked page's number, or 1 when it makes no sense."""
        try:
            return self.validate_number(asked or 1)
        except (EmptyPage, PageNotAnInteger):
            return 1

"""The state of a list: search, filters, order and page, in one address.

Each link of a list is made from it, so that none drops what the others have chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from register.wagtail_admin.base.filters import Filter

# What the address calls it; staff see it.
SEARCH, ORDER, PAGE = "haku", "ordering", "p"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """What of a list is shown, and in which order.

    Attributes:
        search: the token of a kept search; "" for none.
        filters: the chosen value by the parameter of the filter.
        ordering: the name that the list is ordered by, with "-" for the other way round.
        page: the page's number, as it stands in the address.
    """

    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    ordering: str = ""
    page: str = ""

    @classmethod
    def of(
        cls, asked: Mapping[str, Any], *, filters: Sequence[Filter], orderings: set[str]
    ) -> "ListState":
        """Return the state that an address asks for; what means nothing in this list is left."""
        ordering = asked.get(ORDER, "")
        chosen = {each.parameter: each.chosen(asked) for each in filters}
        return cls(
            search=asked.get(SEARCH, ""),
            filters={parameter: value for parameter, value in chosen.items() if value},
            ordering=ordering if ordering.removeprefix("-") in orderings else "",
            page=asked.get(PAGE, ""),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.filters)

    def query(self, **changes: Any) -> str:
        """Return the query string, "" or with its "?", with these parameters changed.

        An empty value takes the parameter away. Whatever changes, the first page is shown, unless
        a page is asked for.
        """
        now = {SEARCH: self.search, **self.filters, ORDER: self.ordering}
        parameters = {name: value for name, value in {**now, **changes}.items() if value}
        return f"?{urlencode(parameters)}" if parameters else ""

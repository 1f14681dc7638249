"""CSV of a list, safe to open in a spreadsheet."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.http import HttpResponse

from register.exporters.delimited import lines


def csv_response(rows: Iterable[Any], *, columns: Mapping[str, Any], name: str) -> HttpResponse:
    """Return the rows as a CSV download: `columns` maps attribute to heading."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    headings = [str(heading) for heading in columns.values()]
    cells = ([str(getattr(row, attribute)) for attribute in columns] for row in rows)
    response.writelines(lines(chain([headings], cells)))
    return response

"""CSV of a list, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse


def csv_response(rows: Iterable[Any], *, columns: Mapping[str, Any], name: str) -> HttpResponse:
    """Return the rows as a CSV download: `columns` maps attribute to heading."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([str(heading) for heading in columns.values()])
    for row in rows:
        writer.writerow([str(getattr(row, attribute)) for attribute in columns])
    return response

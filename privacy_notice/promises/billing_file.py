"""The billing file as the finance provider gets it, read back (C25)."""

import csv
import io
import re
from datetime import date

from register.conf import register_settings
from register.domain.billing import batch_file
from register.exporters.billing_file import DelimitedFile, Line
from register.models import ExportBatch

# As the notice says it: name, e-mail address, billed service.
HEADINGS = ["nimi", "sähköpostiosoite", "laskutettava palvelu"]
# What the notice says to be parts of the billed service: its month, its amount, a line reference.
PARTS = ["kuukausi", "summa", "viite"]
# The same six in the words of the notice in each language.
SAID = {
    "fi": [*HEADINGS, *PARTS],
    "sv": ["namn", "e-postadress", "tjänst som faktureras", "månad", "belopp", "referens"],
    "en": ["name", "e-mail address", "billed service", "month", "amount", "reference"],
}
BILLED = re.compile(r".* \| (?:0[1-9]|1[0-2])/\d{4} \| \d+,\d\d \| [0-9A-Za-z]+", re.DOTALL)


class ReadFile:
    """What stands in the file of the last batch.

    Attributes:
        made_on: when it was made.
        rows: how many billed services it holds.
        strange: how many of its lines are not as the notice says, the heading included.
        removed: whether the file is removed, and was written once more from the batch's rows.
    """

    def __init__(self, batch: ExportBatch) -> None:
        self.made_on: date = batch.made_on
        self.removed = not batch.is_downloadable
        lines = csv.reader(io.StringIO(_content(batch)), delimiter=";")
        heading = next(lines, [])
        self.rows = self.strange = 0
        for cells in lines:
            self.rows += 1
            self.strange += len(cells) != len(HEADINGS) or not BILLED.fullmatch(cells[-1])
        self.strange += heading != HEADINGS


def last_batch() -> ExportBatch | None:
    """Return the newest batch that was made; None when there is none."""
    return ExportBatch.objects.made().order_by("-made_on", "-pk").first()


def _content(batch: ExportBatch) -> str:
    encoding = register_settings.BILLING_FILE_ENCODING
    if batch.is_downloadable:
        with batch_file.open_checked(batch.pk, sha256=batch.sha256) as file:
            return file.read().decode(encoding)
    rows = batch.rows.order_by("reference").values_list(*Line._fields)
    lines = (Line._make(row) for row in rows.iterator())
    return b"".join(DelimitedFile(encoding).write(lines)).decode(encoding)

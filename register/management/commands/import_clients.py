"""Move the company's earlier list of clients here: `manage.py import_clients FILE` (C22).

It prints counts and numbers of rows, never what stands in them.
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import SYSTEM
from register.domain.clients.importing import choices as choosing
from register.domain.clients.importing import entering, reading
from register.domain.clients.importing.choices import Choices
from register.domain.clients.importing.columns import Column, letter
from register.domain.clients.importing.comparing import State
from register.domain.clients.importing.entering import Outcome
from register.domain.clients.importing.table import MOST_BYTES, Table
from register.exceptions import FileUnfit
from register.management.plain import PlainCommand
from register.models.orders import Manner
from register.reference.clock import today

LEAVE_OUT = "-"


class Command(PlainCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Moves the company's earlier list of its clients into the register, all or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV, or XLSX")
        parser.add_argument("--sheet", type=int, metavar="N", help="which sheet, from 1")
        parser.add_argument("--heading-row", type=int, metavar="N", help="the row of headings")
        parser.add_argument(
            "--mapping",
            nargs="+",
            default=[],
            metavar="COLUMN=FACT",
            help=f"such as B=name or C=- (left out); facts: {', '.join(Column.values)}",
        )
        parser.add_argument("--manner", choices=Manner.values, help="of rows that name none")
        parser.add_argument("--leave-out-columns", action="store_true", help="the unknown ones")
        parser.add_argument(
            "--leave-out-rows",
            action="store_true",
            help="those that are over, twice there, or otherwise in the register",
        )
        parser.add_argument("--dry-run", action="store_true", help="tell, and enter nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = reading.read(_data(options["file"]))
        except FileUnfit as error:
            raise CommandError(error.reason) from None
        choices = _choices(table, options)
        if wrong := choosing.complaints(table, choices):
            raise CommandError("\n".join(wrong))
        outcome = entering.look(table, choices, by=SYSTEM, today=today())
        self.tell(outcome)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was entered."))
            return
        if outcome.is_wrong:
            raise CommandError(_("Nothing was entered: mend the wrong rows first."))
        if outcome.leaves_rows and not choices.leaves_rows:
            raise CommandError(
                _("Nothing was entered: say with --leave-out-rows that some rows are left out.")
            )
        try:
            entering.enter(table, choices, seen=outcome.sign, by=SYSTEM, today=today())
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(_("Entered. Erase the file now: the register does not need it."))

    def tell(self, outcome: Outcome) -> None:
        for state, count in outcome.counts.items():
            self.stdout.write(
                _("%(state)s: %(count)d (rows %(rows)s)")
                % {"state": state.label, "count": count, "rows": spans(outcome.numbers(state))}
            )
        for row in outcome.rows:
            for told in row.told if row.state in (State.WRONG, State.CHANGED) else ():
                self.stdout.write(
                    _("Row %(row)d: %(told)s") % {"row": row.read.number, "told": told}
                )


def spans(numbers: Iterable[int]) -> str:
    """Return numbers in words: 2–4, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _data(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError:
        raise CommandError(_("The file can't be read.")) from None


def _choices(table: Table, options: dict[str, Any]) -> Choices:
    choices = choosing.first_choices(table)
    if options["sheet"] is not None or options["heading_row"] is not None:
        sheet = choices.sheet if options["sheet"] is None else options["sheet"] - 1
        if not 0 <= sheet < len(table.sheets):
            raise CommandError(_("The file has no such sheet."))
        chosen = replace(choices, sheet=sheet)
        choices = choosing.guess(table, chosen, heading_row=options["heading_row"])
    columns = list(choices.columns)
    letters = {letter(number): number - 1 for number in range(1, len(columns) + 1)}
    for pair in options["mapping"]:
        name, _sign, fact = pair.partition("=")
        if name.upper() not in letters or fact not in (*Column.values, LEAVE_OUT):
            raise CommandError(
                _("A mapping is written as B=name, with a column of the file and a fact.")
            )
        columns[letters[name.upper()]] = "" if fact == LEAVE_OUT else fact
    return replace(
        choices,
        columns=tuple(columns),
        manner=options["manner"] or "",
        leaves_out=options["leave_out_columns"],
        leaves_rows=options["leave_out_rows"],
    )

"""Log lines that name no person, also when something fails."""

import logging
import re
import traceback
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from types import TracebackType

from futuuri_site.log_outage import is_away

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class WithoutValues(logging.Formatter):
    """Show of an exception its kind and its place in the code, never its text.

    PostgreSQL writes the values of a row into its error texts, and so does many a library. Nor is
    the text in the message: many a caller logs `str(error)`.

    Of a database that is away the kind alone: the place is wherever it was asked.

    Times are in UTC, whatever the zone of a process: in autumn an hour of Helsinki comes twice.
    """

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        shown = copy(record)
        if isinstance(record.args, tuple):
            shown.args = tuple(
                kind(value) if isinstance(value, BaseException) else value for value in record.args
            )
        message = shown.getMessage()
        failure = record.exc_info[1] if record.exc_info else None
        for error in chain(failure):
            if text := str(error):
                message = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", kind(error), message)
        if failure is not None and is_away(failure):
            message += f": the database does not answer ({kind(failure)})"
            if left_out := getattr(record, "left_out", 0):
                message += f"; {left_out} more such lines were left out"
            shown.exc_info = shown.exc_text = None
        shown.msg, shown.args = message, None
        return super().format(shown)

    def formatException(self, ei: ExceptionInfo) -> str:
        lines: list[str] = []
        for error in chain(ei[1]):
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{kind(error)}\n")
        return "".join(lines).rstrip()


class WithoutRequest(logging.Filter):
    """Take out of gunicorn's lines who asked, and what: address, header and query."""

    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("Invalid request from"):
            record.msg, record.args = "Invalid request", None
        elif isinstance(record.args, tuple):
            record.args = tuple(without_query(value) for value in record.args)
        return True


class WithoutResult(logging.Filter):
    """Take out of django-q2's line of a failed task what it failed with.

    That is the error's text and traceback. A task of the register has told of its error already
    (`register.tasks.guard`); one of another package must not.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.module == "monitor" and record.levelno == logging.ERROR and not record.exc_info:
            record.msg, record.args = str(record.msg).partition(") - ")[0] + ")", None
        return True


def kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, and then each that it came from."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        yield error
        seen.append(error)
        error = error.__cause__ or error.__context__


def without_query(value: object) -> object:
    return value.partition("?")[0] if isinstance(value, str) else value

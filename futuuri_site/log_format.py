"""Log lines that name no person, also when something fails."""

import logging
import traceback
from types import TracebackType


class WithoutValues(logging.Formatter):
    """Show of an exception its kind and its place in the code, never its text.

    PostgreSQL writes the values of a row into its error texts, and so does many a library.
    """

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}\n")
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()

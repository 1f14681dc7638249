"""A number beside the database, which no dump of the database takes back."""

from register.files import durable, private

NAME = "counter"


def read() -> int | None:
    """Return the number; None where there is none.

    Raises OSError when it can't be looked at, ValueError when what lies there is no number.
    """
    try:
        return int(private.path(NAME).read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None


def write(number: int) -> None:
    """Put the number there, on disk when this returns."""
    private.folder()
    durable.write_temporary(private.path(NAME), [f"{number}\n".encode()])
    durable.put_in_place(private.path(NAME))

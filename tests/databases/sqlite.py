"""A template is a file in a folder that keeps no other."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SqliteTemplate:
    folder: Path
    key: str

    @property
    def path(self) -> Path:
        return self.folder / f"{self.key}.sqlite3"

    def copy_to(self, name: str, *, make: Callable[[str], None], anew: bool = False) -> None:
        """Copy the template to the file `name`, after `make(file)` where there is none yet.

        `make` leaves the database closed. Of several processes at once, one makes it.
        """
        with self._alone():
            if anew or not self.path.exists():
                unfinished = self.folder / "unfinished" / "template.sqlite3"
                shutil.rmtree(unfinished.parent, ignore_errors=True)
                unfinished.parent.mkdir()
                make(str(unfinished))
                for old in self.folder.glob("*.sqlite3"):
                    old.unlink()
                unfinished.rename(self.path)
            for leftover in ("", "-wal", "-shm"):
                Path(f"{name}{leftover}").unlink(missing_ok=True)
            shutil.copyfile(self.path, name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # goes with the process, however it ends
            yield

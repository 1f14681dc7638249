"""Fails when the tests take fewer branches than they did, and says in which package."""

import os
import sys
from collections import defaultdict
from pathlib import Path

from coverage import Coverage


def main() -> int:
    """Print the branch coverage per package; return 1 when it is below `fail_under`."""
    measured = Coverage()
    measured.load()
    with Path(os.devnull).open("w") as nowhere:
        total = measured.report(file=nowhere)
        shares = {
            package: measured.report(include=files, file=nowhere)
            for package, files in packages(measured).items()
        }
    limit = float(measured.get_option("report:fail_under"))
    failed = total < limit
    if failed:
        measured.report()
    for package, share in shares.items():
        print(f"{share:6.1f} %  {package}")
    print(f"{total:6.1f} %  in all, of which {limit:g} % must be reached")
    if total >= limit + 1:
        print(f"fail_under in pyproject.toml can be raised to {int(total)}.")
    return int(failed)


def packages(measured: Coverage) -> dict[str, list[str]]:
    """Return the measured files of each package: `home`, `register/domain`."""
    found = defaultdict(list)
    for file in sorted(measured.get_data().measured_files()):
        folders = Path(file).relative_to(Path.cwd()).parts[:-1]
        found["/".join(folders[:2])].append(file)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    sys.exit(main())

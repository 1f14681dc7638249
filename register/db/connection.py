"""How a database is connected to, as the register was written for it; for `DATABASES`.

Read by settings, so that it imports nothing.
"""

from typing import Any, Final

# The web processes and the worker share one file: writers queue for 20 seconds instead of failing,
# and what is deleted is overwritten (R12).
SQLITE: Final[dict[str, Any]] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON;"
    ),
}

# Values travel beside the statements, so that the server's log never quotes them (C38). The server
# is told that it works on solid state and for short requests: otherwise it walks all clients by
# name to show twenty of a counsellor's thousand (bench/client_list.py).
POSTGRESQL: Final[dict[str, Any]] = {
    "server_side_binding": True,
    "options": "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0",
}

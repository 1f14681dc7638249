"""The few things that systemd does with the units of docs/deployment, where there is no systemd.

`systemctl.py ROOT start|stop UNIT…`: runs what a unit says, with its settings and nothing else,
waits until it is ready, and ends it as the unit says. Reading of the units is systemd's own, in
small: an unknown setting is an error, so that no line of them goes unread.
"""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

# What only systemd can do: checked with systemd-analyze where there is one.
LEFT_TO_SYSTEMD = {
    *("Description", "Wants", "After", "WantedBy", "User", "Group", "ExecReload", "Restart"),
    *("RestartSec", "StateDirectory", "StateDirectoryMode", "NoNewPrivileges", "PrivateTmp"),
    *("ProtectHome", "ProtectSystem", "UMask", "ReadWritePaths"),
}
DONE = {"Type", "EnvironmentFile", "WorkingDirectory", "ExecStart", "KillMode", "TimeoutStopSec"}
READY_SECONDS = 90


def read(unit: Path) -> dict[str, str]:
    lines = [line for line in unit.read_text().splitlines() if line and line[0] not in "#["]
    found = dict(line.split("=", 1) for line in lines)
    unknown = set(found) - LEFT_TO_SYSTEMD - DONE
    assert not unknown, unknown
    assert found["KillMode"] == "mixed"
    return found


def settings_in(file: str) -> dict[str, str]:
    pairs = (line.split("=", 1) for line in Path(file).read_text().splitlines() if line[:1] != "#")
    return {name: shlex.split(value)[0] if value else "" for name, value in pairs}


def start(root: Path, unit: str) -> None:
    says = read(root / "etc" / "systemd" / f"{unit}.service")
    env = {"PATH": os.environ["PATH"]} | settings_in(says["EnvironmentFile"])
    address = root / f"{unit}.notify"
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind(str(address))
        ready.settimeout(READY_SECONDS)
        if says["Type"] == "notify":
            env["NOTIFY_SOCKET"] = str(address)
        with (root / f"{unit}.log").open("ab") as log:
            process = subprocess.Popen(
                shlex.split(says["ExecStart"]),
                cwd=says["WorkingDirectory"],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (root / f"{unit}.pid").write_text(str(process.pid))
        while says["Type"] == "notify" and b"READY=1" not in ready.recv(4096):
            pass


def stop(root: Path, unit: str) -> None:
    file = root / f"{unit}.pid"
    if not file.exists():
        return
    says = read(root / "etc" / "systemd" / f"{unit}.service")
    pid = int(file.read_text())
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + float(says["TimeoutStopSec"])
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    for number in (signal.SIGKILL,):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            break
    file.unlink()


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


if __name__ == "__main__":
    folder, act, *units = sys.argv[1:]
    for name in units:
        {"start": start, "stop": stop}[act](Path(folder), name)

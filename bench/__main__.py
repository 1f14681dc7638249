"""`python -m bench`: run every benchmark, and fail when one is over its bound."""

import subprocess
import sys
from pathlib import Path

from bench import plot

NO_BENCHMARKS = {"__init__", "__main__", "plot", "population", "working_day_pages"}


def main() -> int:
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.py"))
    over = 0
    for name in names:
        if name not in NO_BENCHMARKS:
            print(f"== {name}", flush=True)
            over += subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    plot.main()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())

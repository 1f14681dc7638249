"""Draw `bench/results/ratios.svg` from the results: each measured ratio against its bound."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
ROW, LEFT, WIDTH = 30, 330, 380  # pixels


def ratios() -> Iterator[tuple[str, float, float]]:
    """Yield (what, ratio, bound) of every benchmark that has been run."""
    retention = json.loads((RESULTS / "retention.json").read_text())
    yield "Retention / raw deletes", retention["ratio"], retention["bound"]
    billing = json.loads((RESULTS / "billing.json").read_text())
    for name, what in (
        ("file_to_copy", "Billing file / COPY"),
        ("export_to_raw_sql", "Billing export / raw SQL"),
    ):
        yield what, billing["figures"][name], billing["bounds"][name]
    notice = json.loads((RESULTS / "notice.json").read_text())
    yield "Notice / constant view (at least)", notice["ratio"], notice["bound"]
    clients = json.loads((RESULTS / "client_list.json").read_text())
    for what, ratio in clients["ratios"].items():
        yield f"Client list, {what}", ratio, clients["bound"]
    day = json.loads((RESULTS / "working_day.json").read_text())
    for what, ratio in day["ratios"].items():
        yield f"95 of 100 answers / 200 ms: {what}", ratio, 1.0


def svg() -> str:
    rows = list(ratios())
    scale = WIDTH / max(max(ratio, bound) for _, ratio, bound in rows)
    parts = []
    for number, (what, ratio, bound) in enumerate(rows):
        y = number * ROW + 10
        over = ratio < bound if "at least" in what else ratio > bound
        colour = "#b3261e" if over else "#14595c"
        limit = LEFT + bound * scale
        parts.append(
            f'<text x="{LEFT - 10}" y="{y + 14}" text-anchor="end">{escape(what)}</text>'
            f'<rect x="{LEFT}" y="{y}" width="{ratio * scale:.0f}" height="18" fill="{colour}"/>'
            f'<line x1="{limit:.0f}" x2="{limit:.0f}" y1="{y - 4}" y2="{y + 22}" stroke="#d29a2e"'
            f' stroke-width="3"/><text x="{limit + 8:.0f}" y="{y + 14}">{ratio} of {bound}</text>'
        )
    height = len(rows) * ROW + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 110}" height="{height}"'
        f' font-family="sans-serif" font-size="13"><rect width="100%" height="100%"'
        f' fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def main() -> int:
    (RESULTS / "ratios.svg").write_text(svg())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

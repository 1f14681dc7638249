"""`python -m docs.architecture` draws floors and wings from the imports into architecture.md.

What is drawn can't grow old: a test compares it with the imports of the day.
"""

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

DOCUMENT = Path(__file__).with_suffix(".md")
BEGIN = "<!-- drawn by docs/architecture.py: begin -->"
END = "<!-- drawn by docs/architecture.py: end -->"
PACKAGES = ("futuuri_site", "privacy_notice", "home", "register")
# Small things that stand on one floor are drawn as one.
ENTRY_POINTS = dict.fromkeys(
    (
        "apps",
        "wagtail_hooks",
        "admin_urls",
        "checks",
        "inventory_checks",
        "healthz",
        "management",
        "standstill",
    ),
    "entry points",
)
GROUND = dict.fromkeys(
    ("files", "db", "reference", "text", "conf", "setting_values", "exceptions"), "ground floor"
)
WINGED_FLOORS = ("inventory", "models", "domain", "wagtail_admin")

Arrows = dict[str, set[str]]


def imports() -> Mapping[str, set[str]]:
    """Return each module of the project's packages with the modules it imports."""
    first, *others = PACKAGES
    graph = grimp.build_graph(first, *others, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def floor_of(module: str) -> str | None:
    """Return the floor on which the module stands; None for `register` itself and migrations."""
    package, *inside = module.split(".")
    if package != "register":
        return package
    if not inside or "migrations" in inside:
        return None
    return (ENTRY_POINTS | GROUND).get(inside[0], inside[0])


def wing_of(module: str) -> str | None:
    """Return the wing of the domain in which the module stands; None for any other module."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["register", "domain"] and len(parts) > 2 else None


def arrows(imported: Mapping[str, set[str]], place: Mapping[str, str | None]) -> Arrows:
    """Return which place imports which others, itself left out."""
    found: Arrows = {name: set() for name in place.values() if name}
    for module, others in imported.items():
        here = place[module]
        if here:
            found[here] |= {there for other in others if (there := place[other])} - {here}
    return found


def reduced(found: Arrows) -> Arrows:
    """Return the arrows without those that follow from others. CycleError when they go round."""
    reach: Arrows = {}
    for here in TopologicalSorter(found).static_order():
        reach[here] = found[here].union(*(reach[there] for there in found[here]))
    return {
        here: {
            there
            for there in targets
            if not any(there in reach[other] for other in targets - {there})
        }
        for here, targets in found.items()
    }


def chart(found: Arrows) -> str:
    """Return the arrows as a Mermaid flowchart, always in the same order."""
    nodes = [f'    {_key(name)}["{name}"]' for name in sorted(found)]
    edges = [
        f"    {_key(here)} --> {_key(there)}"
        for here in sorted(found)
        for there in sorted(found[here])
    ]
    return "\n".join(["```mermaid", "flowchart TD", *nodes, *edges, "```"])


def table(modules: Iterable[str]) -> str:
    """Return which modules each wing has on each floor: its package's, or its single file."""
    found: dict[tuple[str, str], list[str]] = {}
    for module in sorted(modules):
        match module.split("."):
            case ["register", floor, wing]:
                found.setdefault((wing, floor), [])
            case ["register", floor, wing, inside]:
                found.setdefault((wing, floor), []).append(inside)
    wings = {wing for wing, floor in found if floor in ("domain", "models")}
    lines = ["| Wing | " + " | ".join(f"`{floor}/`" for floor in WINGED_FLOORS) + " |"]
    lines.append("|---" * (len(WINGED_FLOORS) + 1) + "|")
    for wing in sorted(wings):
        on_floors = [found.get((wing, floor)) for floor in WINGED_FLOORS]
        row = ["" if here is None else ", ".join(here) or f"{wing}.py" for here in on_floors]
        lines.append(f"| {wing} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def drawing() -> str:
    """Return what stands between the two marks of architecture.md."""
    imported = imports()
    floors = reduced(arrows(imported, {module: floor_of(module) for module in imported}))
    wings = reduced(arrows(imported, {module: wing_of(module) for module in imported}))
    return "\n\n".join(
        (
            "The floors:",
            chart(floors),
            "The wings of the domain:",
            chart(wings),
            "What each wing has on the floors that have wings:",
            table(imported),
        )
    )


def redrawn(text: str) -> str:
    """Return the document with the drawing of today."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{drawing()}\n\n{END}{after}"


def _key(name: str) -> str:
    return name.replace(" ", "_")


if __name__ == "__main__":
    DOCUMENT.write_text(redrawn(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

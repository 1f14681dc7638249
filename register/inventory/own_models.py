"""The register's own declarations, wing by wing, in the order in which the notice lists them."""

from importlib import import_module

WINGS = (
    "clients",
    "notices",
    "retention",
    "orders",
    "billing",
    "feedback",
    "staff",
    "access_log",
    "processors",
    "erasure",
    "statistics",
    "operations",
    "controller",
)

for wing in WINGS:
    import_module(f"{__package__}.{wing}")

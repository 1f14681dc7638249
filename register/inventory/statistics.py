"""Anonymous counts: no key leads to a person (C46)."""

from .registry import inventory

inventory.declare_not_personal(
    "register.StatisticTally", "id", "year", "service", "manner", "office", "count"
)
inventory.declare_not_personal(
    "register.Statistic",
    "id",
    "year",
    "service_name",
    "manner",
    "office_name",
    "count",
    derived=("sort_key",),
)
inventory.declare_not_personal("register.PublishedYear", "year", "published_on")

"""Companies that process data for the controller: nobody's personal data (C40)."""

from .registry import inventory

inventory.declare_not_personal(
    "register.Processor",
    "id",
    "version",
    "name",
    "kind",
    "country",
    "hosting_country",
    "contract_signed_on",
    "contract_valid_until",
    "security_assessed_on",
    "active",
    derived=("sort_key",),
)

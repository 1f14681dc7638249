"""What every field of every model is, declared once; one module a wing, read as a table."""

from .ends import (
    AfterTheYear,
    Awaited,
    Clock,
    NamesAccount,
    Voucher,
    WithAccount,
    WithTheLog,
    WithUnit,
)
from .registry import Declaration, Field, Inventory, Terms, ThirdPartyModel, inventory

__all__ = [
    "AfterTheYear",
    "Awaited",
    "Clock",
    "Declaration",
    "Field",
    "Inventory",
    "NamesAccount",
    "Terms",
    "ThirdPartyModel",
    "Voucher",
    "WithAccount",
    "WithTheLog",
    "WithUnit",
    "inventory",
]

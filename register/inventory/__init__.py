"""What every field of every model is, declared once; one module a wing, read as a table."""

from .registry import Declaration, Field, Inventory, Terms, ThirdPartyModel, inventory

__all__ = ["Declaration", "Field", "Inventory", "Terms", "ThirdPartyModel", "inventory"]

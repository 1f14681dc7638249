"""Ordered services, what arises in them, and the catalogue they are chosen from (C14–C18)."""

from register.models.orders.catalogue import Office, Service
from register.models.orders.notes import Note, NoteBasis, NoteKind
from register.models.orders.orders import (
    BILLED,
    BILLING_HAS_IT,
    LOCKED_WHEN_BILLED,
    SOON,
    Manner,
    OrderState,
    ServiceOrder,
    ServiceOrderQuerySet,
    state_of,
)

__all__ = [
    "BILLED",
    "BILLING_HAS_IT",
    "LOCKED_WHEN_BILLED",
    "SOON",
    "Manner",
    "Note",
    "NoteBasis",
    "NoteKind",
    "Office",
    "OrderState",
    "Service",
    "ServiceOrder",
    "ServiceOrderQuerySet",
    "state_of",
]

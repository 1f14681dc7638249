"""What remains of an erasure: opaque keys and dates, no more (C44)."""

from .registry import inventory

inventory.declare_not_personal("register.Erasure", "id", "act", "erased_on", "in_ledger")
inventory.declare_not_personal("register.ErasureRecord", "erased_id", "unit", "erasure")

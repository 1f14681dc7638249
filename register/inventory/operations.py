"""The worker's sign of life and the fingerprints of keys: nobody's data."""

from .registry import inventory

inventory.declare_not_personal(
    "register.Heartbeat",
    "id",
    "beat_at",
    "trusted_on",
    "disregarded_until",
    "counter",
    "remainder_told_on",
    "log_verified_at",
    "log_found",
    "log_told_on",
)
inventory.declare_not_personal(
    "register.EncryptionKey",
    "id",
    "key_id",
    "fingerprint",
    "enrolled_on",
    "retired_on",
    "given_up_on",
)

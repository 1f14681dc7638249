"""The worker's sign of life, fingerprints of keys, keys of rows found: nobody's data."""

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
# Opaque keys for half an hour, as on erasure lists: not what was searched for, and of the session
# a hash that opens nothing.
inventory.declare_not_personal(
    "register.KeptResult", "id", "token_hash", "session_hash", "keys", "made_at"
)

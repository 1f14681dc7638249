"""The register's settings, with defaults; a host project overrides them in `REGISTER`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Files that must never be served: export files and the erasure ledger.
    "PRIVATE_DIR": Path("private"),
    # Key id to base64 of 32 bytes; the first key encrypts, all of them decrypt.
    "ENCRYPTION_KEYS": {},
    # C31: how long an expired training is warned about before the register is locked.
    "TRAINING_GRACE": timedelta(days=30),
    # The last day (month, day) of the accounting period.
    "ACCOUNTING_PERIOD_END": (12, 31),
    # Accounting Act: vouchers are kept this many years from the end of the calendar year.
    "VOUCHER_YEARS": 6,
    # Encoding of the billing file: "utf-8-sig" or "iso-8859-15".
    "BILLING_FILE_ENCODING": "utf-8-sig",
    # C27: how old a processor's security assessment may be before it is overdue.
    "ASSESSMENT_VALID": timedelta(days=365),
    # A worker is stale when its last heartbeat is older than this.
    "HEARTBEAT_LIMIT": timedelta(minutes=3),
    # How long one slice of background work may take before it requeues itself.
    "SLICE": timedelta(seconds=45),
}


class RegisterSettings:
    """Attribute access to `settings.REGISTER`, falling back to DEFAULTS."""

    def __getattr__(self, name: str) -> Any:
        if name not in DEFAULTS:
            raise AttributeError(name)
        return getattr(settings, "REGISTER", {}).get(name, DEFAULTS[name])


register_settings = RegisterSettings()

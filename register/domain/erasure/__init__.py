"""The one engine that erases, and the ledger outside the database (C44–C46, C49)."""

"""Accounts on the main user's screens (C33–C35)."""

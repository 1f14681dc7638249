"""Billing's screens (C24, C25)."""

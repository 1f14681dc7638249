"""Ordered services, notes, and the catalogue they are chosen from (C14–C18)."""

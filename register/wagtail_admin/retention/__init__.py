"""Holds and retention runs on the staff's screens (C44)."""

"""Clients, assignments and likely duplicates on the staff's screens."""

"""Ordered services, notes and the catalogue on the staff's screens."""

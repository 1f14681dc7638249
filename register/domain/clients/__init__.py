"""Clients: their facts, their counsellors, and who may be one person (C09–C13, C33)."""

"""Public pages at once: sent as they were stored, for as long as nothing on them has changed."""

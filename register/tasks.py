"""Entry points of django-q2: primitive arguments (ids, never personal values)."""

import pytest


@pytest.fixture(autouse=True)
def connection_of_the_test(monkeypatch):
    """django-q2 closes connections between tasks; the test's transaction needs its own."""
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)

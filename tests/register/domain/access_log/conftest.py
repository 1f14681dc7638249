import pytest

from register.domain.access_log.sealing import IsFinal


@pytest.fixture
def all_final(monkeypatch):
    """A test's own transaction is open on PostgreSQL: take its rows for final."""
    monkeypatch.setattr(IsFinal, "as_postgresql", lambda *args, **kwargs: ("true", []))

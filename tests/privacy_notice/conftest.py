import pytest


@pytest.fixture
def world(db, settings, monkeypatch):
    """A register in which every promise that can be kept is."""
    from tests.privacy_notice.promises import world

    return world.make(settings, monkeypatch)

import pytest

from register.conf import register_settings

from .processes import OtherProcesses


@pytest.fixture(autouse=True)
def private_dir(settings, tmp_path):
    """A private folder of the test's own."""
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": tmp_path / "private"}
    return register_settings.PRIVATE_DIR


@pytest.fixture
def other_processes(transactional_db, tmp_path, private_dir):
    return OtherProcesses(tmp_path, private_dir)

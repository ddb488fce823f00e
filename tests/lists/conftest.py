import pytest

from tests.lists.files import Office, office_of


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Stored lists go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def disnaker(cast, tmp_path) -> Office:
    """The lead office: Rina sends, Budi accepts."""
    return office_of(cast.rina, cast, tmp_path)


@pytest.fixture
def dinsos(cast, tmp_path) -> Office:
    """Dinsos: Dewi sends, Budi of the lead office accepts."""
    return office_of(cast.dewi, cast, tmp_path)

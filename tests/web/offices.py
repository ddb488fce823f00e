"""Lists for tests of pages: the office of the lists' own tests, with rows that have problems."""

from datetime import date

import pytest

from tests.lists.files import Office, office_of, people, person


def messy() -> list[tuple[str, ...]]:
    """Six rows: three ready, one with a NIK too short, one of unknown kelurahan, one repeated."""
    return [
        *people(3),
        person(11, name="Wati Kurniasih", nik="36710145088200"),
        person(12, name="Nur Halimah", born="11-03-1979", kelurahan="Sukarasah"),
        person(12, name="Nur Halimah", born="11-03-1979"),
    ]


@pytest.fixture
def disnaker(cast, tmp_path, settings) -> Office:
    """The lead office: Rina sends, Budi accepts."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return office_of(cast.rina, cast, tmp_path)


@pytest.fixture
def sukarasa(cast, disnaker, tmp_path) -> Office:
    """Kelurahan Sukarasa: Yanti sends, Budi of the lead office accepts."""
    return office_of(cast.yanti, cast, tmp_path)


@pytest.fixture
def freeze(monkeypatch):
    """freeze(day): pages of workers and the dashboard are shown as on that day."""

    def at(day: date) -> None:
        for module in ("workers", "dashboard"):
            monkeypatch.setattr(f"payung.web.{module}.views.today", lambda: day)

    return at

"""Workers and reference files for screening, all made up."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from payung.apps.screening import services
from payung.apps.screening.models import ReferenceKind
from payung.apps.workers.models import Worker
from payung.identity import name_key
from payung.linkage import match_key

ON = date(2026, 1, 1)
AS_OF = date(2025, 12, 1)
_NOW = datetime(2025, 12, 2, tzinfo=UTC)
HEADINGS = {
    ReferenceKind.BPJS_ACTIVE: "KPJ,NIK,NAMA,TGL LAHIR,SEGMEN,STATUS",
    ReferenceKind.DEATHS: "NIK,Nama,Tgl Lahir,Tgl Meninggal",
    ReferenceKind.ASN: "NIK,Nama,Tgl Lahir,Instansi",
    ReferenceKind.DTSEN: "NIK,Nama,Tgl Lahir,Desil",
}


def a_nik(serial: int, born: date | None, region: str = "367101") -> str:
    """A NIK of the right form whose serial no real registration reaches."""
    return f"{region}{born or date(1980, 2, 3):%d%m%y}{9000 + serial}"


def unsaved_worker(
    serial: int,
    name: str = "Budi Santoso",
    born: date | None = date(1980, 2, 3),
    region: str = "36.71.01.1001",
    **extra: object,
) -> Worker:
    key = name_key(name)
    return Worker(
        nik=extra.pop("nik", None) or a_nik(serial, born),
        name=name,
        name_key=key,
        birth_date=born,
        match_key=match_key(key, born),
        region_id=region,
        created_at=_NOW,
        updated_at=_NOW,
        **extra,
    )


@pytest.fixture
def worker(cast):
    """worker(7, "Siti Aminah", date(1990, 5, 6)) is in the registry with its own NIK."""

    def made(*args: object, **extra: object) -> Worker:
        one = unsaved_worker(*args, **extra)
        one.save()
        return one

    return made


@pytest.fixture
def reference(cast, tmp_path):
    """reference(ReferenceKind.ASN, "NIK,Nama,1980-02-03,SD Negeri") loads a file of such lines."""

    def loaded(kind: ReferenceKind, *lines: str, as_of: date = AS_OF, who=None):
        path = csv_file(tmp_path, HEADINGS[kind], *lines)
        return services.load_reference(
            actor=(who or cast.budi).actor, kind=kind, path=path, as_of=as_of
        )

    return loaded


def csv_file(folder: Path, *lines: str) -> Path:
    path = folder / "acuan.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def screen(cast):
    """screen() runs a screening of Kota Tangerang by its verifier."""

    def ran(on: date = ON, **extra: object):
        return services.run(actor=cast.budi.actor, region=cast.disnaker.region, on=on, **extra)

    return ran

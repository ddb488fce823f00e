"""The values of a worker that a person may correct, and what each of them may be."""

from typing import Any

from payung.apps.errors import DomainError
from payung.apps.regions.models import Region
from payung.apps.workers.models import Sex, Worker
from payung.identity import (
    Nik,
    Occupations,
    clean_name,
    is_formula,
    mask_nik,
    read_email,
    read_phone,
    read_rt_rw,
)

_MASKED = {"nik", "kk"}
CORRECTABLE = (
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_name",
    "kk",
    "address",
    "rt_rw",
    "region",
    "phone",
    "email",
    "occupation",
    "income",
)


def put(worker: Worker, field: str, value: Any) -> None:
    """Give the worker a corrected value as typed; DomainError says what is wrong with it."""
    if field in {"birth_date", "income"}:
        setattr(worker, field, value or None)
    elif field == "region":
        area = Region.objects.filter(
            pk=value, pk__startswith=worker.region_id[:5], level="desa_kelurahan"
        ).first()
        if area is None:
            raise DomainError("Kelurahan itu tidak ada di kota ini; pilih dari daftar kelurahan.")
        worker.region = area
    elif field == "occupation":
        found = Occupations.packaged().by_code.get(value)
        if found is None:
            raise DomainError("Pekerjaan itu tidak dikenal; pilih dari daftar pekerjaan.")
        worker.occupation, worker.occupation_text = found.code, found.name
        worker.sector = found.sector
    else:
        setattr(worker, field, _text(field, str(value or "").replace("\x00", "").strip()))


def _text(field: str, text: str) -> str:
    if field == "nik":
        nik = Nik.read(text)
        if not nik.ok:
            raise DomainError("NIK tidak mungkin benar; tulis 16 angka sesuai KTP.")
        return nik.text
    if field == "kk":
        if text and not (text.isascii() and text.isdigit() and len(text) == 16):
            raise DomainError("Nomor KK terdiri dari 16 angka; periksa kartu keluarganya.")
        return text
    if field in {"name", "mother_name"}:
        text = clean_name(text)
        if field == "name" and not text:
            raise DomainError("Nama tidak boleh kosong; tulis nama lengkap sesuai KTP.")
        if is_formula(text):
            raise DomainError("Nama tidak boleh berupa rumus; tulis nama sesuai KTP.")
        return text[:200]
    if field == "sex":
        if text not in {"", *Sex.values}:
            raise DomainError("Jenis kelamin adalah L atau P.")
        return text
    if field in {"phone", "email"}:
        read = read_phone(text) if field == "phone" else read_email(text)
        if read is None:
            what = "Nomor telepon" if field == "phone" else "Alamat surel"
            raise DomainError(f"{what} tidak terbaca; perbaiki atau kosongkan.")
        return read
    if field == "rt_rw":
        return read_rt_rw(text)[:20]
    longest = Worker._meta.get_field(field).max_length
    return text[:longest]


def attribute(worker: Worker, field: str) -> Any:
    """A correctable value as the worker has it; a region by its code."""
    return worker.region_id if field == "region" else getattr(worker, field)


def without_numbers(values: dict[str, Any]) -> dict[str, Any]:
    """The values as the audit trail keeps them: NIK and KK are masked."""
    return {
        field: mask_nik(value) if field in _MASKED and value else value
        for field, value in values.items()
    }

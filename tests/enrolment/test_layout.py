"""A branch's layout is data; one that makes no sense is refused with its fault named."""

import pytest
import yaml

from payung.apps.enrolment.layout import layout_for, parsed
from payung.apps.errors import DomainError


@pytest.fixture
def data(cast) -> dict:
    return yaml.safe_load(yaml.safe_dump(dict(layout_for(cast.bpjs).data)))


def test_the_common_layout_is_that_of_the_bpu_upload_sheet(cast):
    layout = layout_for(cast.bpjs)
    assert layout.sheet == "Data TK Baru"
    assert layout.headings == [
        "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL", "JENIS_PEKERJAAN_1",
        "JENIS_PEKERJAAN_2", "LOKASI_PEKERJAAN", "UPAH", "KODE_PAKET", "BULAN_IURAN",
    ]  # fmt: skip
    assert layout.date_format == "%d-%m-%Y"


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [("No. KPJ", "kpj"), ("tgl mulai", "starts_on"), ("NIK", "nik"), ("Warna", None)],
)
def test_headings_of_answers_are_known_however_they_are_written(cast, heading, meaning):
    assert layout_for(cast.bpjs).answer_column(heading) == meaning


@pytest.mark.parametrize(
    ("word", "verdict"), [("Diterima", "accepted"), ("GAGAL", "rejected"), ("?", None)]
)
def test_words_of_verdicts_are_known(cast, word, verdict):
    assert layout_for(cast.bpjs).verdict(word) == verdict


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"sheet": ""}, "name, sheet atau date_format kosong"),
        ({"most_lines": 0}, "most_lines"),
        ({"date_format": "%d-%m-%Y"}, "DD, MM dan YYYY"),
        ({"columns": [{"heading": "NIK", "value": "warna"}]}, "warna"),
        ({"columns": [{"heading": "NIK", "value": "nik", "fixed": "x"}]}, "salah satu"),
        ({"columns": [{"heading": "NIK", "value": "nik"}] * 2}, "dua kali"),
        ({"columns": [{"heading": "NAMA", "value": "name"}]}, "tidak ada kolom berisi nik"),
        ({"answer": {"columns": {"nik": ["NIK"]}}}, "status, kpj, starts_on"),
        ({"answer": None}, "bukan YAML"),
    ],
)
def test_a_layout_that_makes_no_sense_names_its_fault(data, change, fault):
    with pytest.raises(DomainError, match=fault):
        parsed(yaml.safe_dump({**data, **change}), "cabang.yaml")


def test_a_text_that_is_no_yaml_is_refused():
    with pytest.raises(DomainError, match="bukan YAML"):
        parsed("{[", "cabang.yaml")

"""Batch, invoice, payment and coverage from a terminal, on the user's own files."""

import json

import pytest
from click.testing import CliRunner

from payung.apps.enrolment.models import Coverage
from payung.cli.main import main
from tests.enrolment import way

AGUS = ["--as", "agus@payung.test"]


@pytest.fixture
def plan(cast):
    return way.plan(cast, [(way.fund(cast), way.people(2))])


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, [*arguments, *AGUS])
    assert result.exit_code == status, result.output
    return result.output


def test_from_plan_to_coverage(cast, plan, tmp_path):
    assert "36.71/2026-01/001  APBD  2 orang" in run(
        "batch", "make", str(plan.pk), "--start", "2026-01"
    )
    upload, number = tmp_path / "unggah.xlsx", "36.71/2026-01/001"
    assert "ditandai terkirim" in run("batch", "export", number, "--out", str(upload), "--sent")
    assert upload.read_bytes().startswith(b"PK")
    answer = way.answer_file(tmp_path, way.accepting(plan.batches.get()))
    assert "2 diterima, 0 ditolak akan dicatat" in run(
        "batch", "answer", number, str(answer), "--check"
    )
    assert "2 diterima, 0 ditolak dicatat" in run("batch", "answer", number, str(answer))
    assert "Dijawab" in run("batch", "show", number)
    assert "36.71/2026-01/001" in run("batch", "list")

    made = run("invoice", "make", "2026-01")
    assert "2 orang  Rp33.600" in made
    invoice = made.split()[0]
    paying = ("pay", invoice, "--on", "2026-01-10", "--reference")
    assert "Rp16.800 dicatat untuk 1 orang; Dibayar sebagian." in run(
        *paying, "SP2D-1", "--amount", "16800"
    )
    assert "Rp16.800 dicatat untuk 1 orang; Lunas." in run(*paying, "SP2D-2")
    shown = run("invoice", "show", invoice)
    assert "JKM tetap Rp6.800. (PP 44/2015 Pasal 19, belum terverifikasi)" in shown
    assert "SP2D-2" in shown
    assert "Lunas" in run("invoice", "list", "--month", "2026-01")

    told = json.loads(run("coverage", "--json"))
    assert told["month"] == "2026-01"
    assert told["total"]["covered"] == 2
    assert told["kecamatan"] == [
        {
            "code": "36.71.01", "name": "Tangerang", "registered": 2, "eligible": 0, "covered": 2,
            "full_jkm": 0, "share": 0.0,
        }
    ]  # fmt: skip
    assert "Tangerang" in run("coverage", "--month", "2026-01")


def test_an_answer_with_faults_prints_every_row_and_writes_nothing(cast, plan, tmp_path):
    [batch] = way.sent(cast, plan)
    rows = way.accepting(batch)
    rows[0][3] = rows[1][3] = "1"
    printed = run("batch", "answer", batch.number, str(way.answer_file(tmp_path, rows)), status=2)
    assert "Baris 2: KPJ" in printed and "Baris 3: KPJ" in printed
    assert not Coverage.objects.exists()


def test_what_no_batch_took_is_released_once(cast, plan):
    for said in ("Dilepas: Rp403.200, 2 orang keluar", "Tidak ada cadangan yang perlu dilepas."):
        result = CliRunner().invoke(
            main, ["plan", "release", str(plan.pk), "--as", "sari@payung.test"]
        )
        assert (result.exit_code, said in result.output) == (0, True), result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("batch", "show", "tidak-ada"), "Tidak ada gelombang bernomor tidak-ada"),
        (("batch", "make", "999", "--start", "2026-01"), "Tidak ada rencana bernomor 999"),
        (("invoice", "show", "tidak-ada"), "Tidak ada tagihan bernomor tidak-ada"),
        (("invoice", "make", "2026-01"), "Tidak ada perlindungan yang berlaku"),
        (("coverage",), "Belum ada bulan yang dibayar"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(cast, arguments, sentence):
    assert sentence in run(*arguments, status=2)

"""The claim, agreement and audit commands: a whole claim from a terminal, and its refusals."""

import re

import pytest
from click.testing import CliRunner
from django.db import connection

from payung.apps.agreements.models import Agreement
from payung.apps.claims.models import Claim, ClaimState
from payung.cli.main import main
from tests.support import way
from tests.support.standing import standing_on


def run(*words: object, who: str = "rina@payung.test"):
    said = CliRunner().invoke(main, [*map(str, words), "--as", who], terminal_width=200)
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    return said


def told(*words: object, **who: str) -> str:
    said = run(*words, **who)
    assert said.exit_code == 0, said.output
    return re.sub(r"\s+", " ", said.output)


def refused(*words: object, **who: str) -> str:
    said = run(*words, **who)
    assert said.exit_code == 2, said.output
    return said.output


standing = standing_on(lambda cast, folder: way.insured(cast, months=9)[0])


@pytest.fixture
def worker(stood):
    return stood[1]


def _open(worker, *more: object, **who: str) -> str:
    return told(
        "claim", "open", "--worker", worker.pk, "--kind", "jkm", "--at", "2026-09-12 05:00",
        "--reporter", "Tetangga", *more, **who,
    )  # fmt: skip


def test_a_disability_is_noted_and_its_benefits_shown(worker):
    _open(worker, "--kind", "jkk")
    number = Claim.objects.get().number
    words = ("claim", "outcome", number, "--on", "2026-10-01", "--months-unable", 2)
    page = told(*words, "--disability", "thumb-right")
    assert "Ibu jari" in page
    claim = Claim.objects.get()
    assert (claim.disability, claim.months_unable) == (["thumb-right"], 2)
    assert told("claim", "outcome", number, "--on", "2026-10-02") == page.replace(
        "2026-10-03", "2026-10-04"
    )
    assert "tidak dikenal" in refused(*words, "--disability", "jempol")


def test_a_sudden_death_at_work_is_refused_before_its_months(worker):
    words = ("--worker", worker.pk, "--at", "2026-09-12 05:00", "--reporter", "Rekan", "--sudden")
    said = refused("claim", "open", "--kind", "jkk_death", *words)
    assert "Meninggal mendadak baru menjadi JKK" in said


def test_a_claim_is_followed_from_the_event_to_the_money(worker):
    page = _open(worker)
    assert "Rp42.000.000" in page
    claim = Claim.objects.get()
    assert "masih kurang" in refused("claim", "file", claim.number, "--on", "2026-09-21")
    codes = claim.documents.values_list("code", flat=True)
    assert "7 dokumen" in told("claim", "document", claim.number, *codes)
    assert "pilih: spouse-child" in refused(
        "claim", "heir", claim.number, "--name", "X", "--relation", "istri"
    )
    told("claim", "heir", claim.number, "--name", "Siti", "--relation", "spouse-child")
    told("claim", "file", claim.number, "--on", "2026-09-21")
    told(
        "claim", "paid", claim.number, "--on", "2026-09-23", "--amount", 42_000_000,
        who="maya@payung.test",
    )  # fmt: skip
    claim.refresh_from_db()
    assert claim.state == ClaimState.PAID
    shown = told("claim", "show", claim.number)
    assert "Ahli waris 1: Siti (Janda, duda, atau anak)" in shown
    assert "Rp42.000.000. (PP 44/2015 jo. PP 82/2019 Lampiran III, belum terverifikasi)" in shown
    assert "Dibayar" in told("claim", "list")


def test_what_cannot_be_is_one_sentence_and_status_2(worker):
    assert "Tidak ada pekerja nomor 999" in refused(
        "claim", "open", "--worker", 999, "--kind", "jkm", "--at", "2026-09-12", "--reporter", "X"
    )
    assert "Tidak ada perlindungan" in refused(
        "claim", "open", "--worker", worker.pk, "--kind", "jkm", "--at", "2025-12-01",
        "--reporter", "X",
    )  # fmt: skip
    _open(worker)
    number = Claim.objects.get().number
    assert "tidak dikenal: ktp" in refused("claim", "document", number, "ktp")
    assert "Tidak ada klaim" in refused("claim", "show", number, who="wayan@payung.test")
    assert "tidak berhak" in refused(
        "claim", "paid", number, "--on", "2026-09-23", "--amount", 1, who="rina@payung.test"
    )


def test_agreements_are_signed_and_listed(cast):
    dates = ["--signed", "2025-12-01", "--from", "2026-01-01", "--to", "2026-12-31"]
    parties = ["--first", "disnaker", "--second", "bpjs"]
    sign = ["agreement", "sign", *parties, *dates, "--title", "Iuran"]
    sari = "sari@payung.test"
    assert "berinduk" in refused(*sign, "--kind", "pks", "--number", "2", who=sari)
    assert "Tercatat" in told(*sign, "--kind", "mou", "--number", "1", who=sari)
    told(*sign, "--kind", "pks", "--number", "2", "--parent", "1", who=sari)
    assert Agreement.objects.get(number="2").parent.number == "1"
    assert "2026-12-31" in told("agreement", "list", who=sari)
    assert "tidak berhak" in refused(*sign, "--kind", "mou", "--number", "3")


def test_a_changed_event_breaks_the_chain(worker):
    agus = "agus@payung.test"
    assert "Utuh" in told("audit", "verify", who=agus)
    assert "tidak berhak" in refused("audit", "verify")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(
            "UPDATE audit_event SET reason = 'lain' WHERE id = (SELECT MIN(id) FROM audit_event)"
        )
    assert "Rantai putus" in refused("audit", "verify", who=agus)

from click.testing import CliRunner

from payung.apps.funding.models import Fund, Plan, PlanState
from payung.apps.screening.models import Screening
from payung.cli.main import main
from tests.screening.conftest import csv_file


def payung(who, *arguments):
    return CliRunner().invoke(main, [*map(str, arguments), "--as", who.user.email])


def test_from_a_reference_to_an_approved_plan_in_a_terminal(cast, workers, tmp_path):
    official, _ = workers(2)
    path = csv_file(tmp_path, "NIK,Nama,Instansi", f"{official.nik},{official.name},Dishub")
    loaded = payung(cast.budi, "reference", "load", "asn", path, "--as-of", "2025-12-01")
    assert "1 orang, 0 baris tak terbaca" in loaded.output
    ran = payung(cast.budi, "screen", "run", "--start", "2026-01")
    assert "2 pekerja, 1 layak, 0 di antaranya perlu dipastikan" in ran.output
    assert (
        ran.output.splitlines()[1:] == payung(cast.budi, "screen", "show").output.splitlines()[1:]
    )
    months = ("--from", "2026-01", "--to", "2026-12")
    added = payung(
        cast.sari, "fund", "add", "APBD", "--kind", "apbd", "--organisation", "disnaker",
        *months, "--grant", "500000",
    )  # fmt: skip
    assert added.output == f"Dana {Fund.objects.get().pk} dibuka: APBD, Rp500.000 tersedia.\n"
    made = payung(cast.budi, "plan", "make", "Tahap 1", *months)
    assert "1 pekerja, 12 bulan, Rp201.600" in made.output
    assert "2026-04 sampai 2026-12, APBD, sektor lainnya: Rp16.800 sebulan" in made.output
    assert "dikecualikan dari keringanan" in made.output
    plan = Plan.objects.get()
    own = payung(cast.budi, "plan", "approve", plan.pk)
    assert own.exit_code == 2
    approved = payung(cast.sari, "plan", "approve", plan.pk)
    assert "Rp201.600 dicadangkan" in approved.output
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED
    listed = payung(cast.sari, "fund", "ledger", Fund.objects.get().pk)
    assert listed.output.count("Rp") == 2
    out = tmp_path / "lampiran.xlsx"
    assert payung(cast.budi, "plan", "export", plan.pk, out).exit_code == 0
    assert out.read_bytes().startswith(b"PK")


def test_what_cannot_be_done_is_one_sentence_and_status_2(cast, workers, tmp_path):
    for arguments, sentence in [
        (("screen", "show"), "Belum ada penyaringan"),
        (("plan", "show", "9"), "Tidak ada rencana bernomor 9"),
        (("fund", "ledger", "9"), "Tidak ada dana bernomor 9"),
        (("screen", "run", "--start", "2026-01"), "Belum ada pekerja"),
        (("screen", "run", "--start", "2026-01", "--region", "99"), "tidak dikenal"),
    ]:
        result = payung(cast.agus, *arguments)
        assert (result.exit_code, sentence in result.stderr) == (2, True), result.output
    assert not Screening.objects.exists()

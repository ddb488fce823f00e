"""Lists and workers from a terminal."""

import json

import pytest
from click.testing import CliRunner

from payung.apps.lists.models import List, Match, Pair, State
from payung.apps.workers.models import Worker
from payung.cli.main import main
from tests.lists.files import person


@pytest.fixture
def payung(cast):
    """payung("list", "show") as Agus, the lead office's administrator; says the exit status too."""

    def run(*words, by="agus@payung.test", status=0):
        result = CliRunner().invoke(main, [*map(str, words), "--as", by])
        assert result.exit_code == status, result.output
        return result.output

    return run


def test_from_the_file_to_the_worker(payung, disnaker, tmp_path):
    path = disnaker.file([person(1), person(2, name="Kartini", nik="36")])
    payung("list", "import", path, "--sender", "dinsos", "--start", "2026-12", "--subject", "Uji")
    found = List.objects.get()
    assert (found.sender.slug, found.subject, str(found.start_month)) == (
        "dinsos",
        "Uji",
        "2026-12-01",
    )
    shown = json.loads(payung("list", "show", found.pk, "--json"))
    assert (shown["rows"], shown["rejected"]) == (2, 1)
    assert shown["problems"] == [{"code": "nik-length", "severity": 2, "count": 1}]
    assert [each["list"] for each in json.loads(payung("list", "show", "--json"))] == [found.pk]
    assert "Berkas" in payung("list", "show")
    payung("list", "map", found.pk, "--column", "No HP=phone")
    said = payung("list", "correct", found.pk, "--row", "5", f"nik={person(2)[0]}")
    assert "siap diterima" in said
    counts = json.loads(payung("list", "accept", found.pk, "--json"))
    assert counts["new"] == 2
    payung("list", "export", found.pk, tmp_path / "kembali.xlsx")
    assert (tmp_path / "kembali.xlsx").stat().st_size > 0
    (one,) = json.loads(payung("worker", "find", "kartini", "--json"))
    assert one["nik"] == "367101••••••0002"
    told = json.loads(payung("worker", "show", one["id"], "--json"))
    assert told["paid_months"] == []
    assert "nama ibu" in payung("worker", "show", one["id"])
    assert (told["nik"], len(told["sources"])) == (person(2)[0], 1)


def test_questions_are_shown_and_decided(payung, disnaker, dinsos):
    disnaker.accepted([person(1)])
    dinsos.accepted([person(2)])
    assert "NIK" in payung("list", "reviews")
    number = Match.objects.get().pk
    said = payung("list", "decide", number, "same", "--reason", "KTP")
    assert "sudah terdaftar" in said
    again = payung("list", "decide", number, "different", status=2)
    assert f"Nomor {number}: Sudah diputuskan oleh" in again
    assert "orang yang sama" in again
    assert Worker.objects.count() == 1
    assert "ditanyakan lagi" in payung("list", "take-back", number, "--reason", "Keliru")
    assert "Tidak ada keputusan" in payung("list", "take-back", 99, "--reason", "x", status=2)


def test_two_workers_who_may_be_one_are_shown_decided_and_taken_back(payung, disnaker, dinsos):
    disnaker.accepted([person(1, phone="081234567890")])
    again = person(1, born="06-08-1982", phone="081234567890", nik="3671014508820007")
    second = dinsos.accepted([again])
    assert json.loads(payung("list", "reviews", "--json")) == []
    assert "Lihat: payung list reviews" in payung("list", "check", second.pk)
    pair = Pair.objects.get()
    key = f"P{pair.pk}"
    (asked,) = json.loads(payung("list", "reviews", second.pk, "--json"))
    assert (asked["number"], asked["why"]) == (key, pair.why)
    assert asked["left"]["nik"] == "367101••••••0001"
    assert asked["probability"] == pytest.approx(pair.probability, abs=1e-4)
    shown = payung("list", "reviews")
    assert f"{key} · daftar {second.pk}" in shown
    assert "  Siti Aminah  367101••••••0001\n  Siti Aminah  367101••••••0007\n" in shown
    assert again[0] not in shown
    assert {each["field"] for each in asked["evidence"]} >= {"nik", "birth_date"}
    assert max(map(len, shown.splitlines())) <= 100
    assert "berbeda" in payung("list", "decide", key, "different", "--reason", "Dua KTP")
    assert "Tidak ada yang menunggu" in payung("list", "reviews")
    assert "menunggu keputusan lagi" in payung("list", "take-back", key, "--reason", "Keliru")
    assert "orang yang sama" in payung("list", "decide", key.lower(), "same")
    assert Worker.objects.filter(same_as__isnull=False).count() == 1


def test_a_number_that_is_none_gets_a_sentence(payung, disnaker):
    disnaker.accepted([person(1)])
    assert "bukan nomor" in payung("list", "decide", "P7x", "same", status=2)
    assert "P7" in payung("list", "decide", "P7", "same", status=2)
    assert "Nomor 7: " in payung("list", "decide", "7", "same", status=2)
    assert "jangkauan" in payung("list", "take-back", "7", "--reason", "x", status=2)


def test_sure_pairs_are_confirmed_when_asked(payung, disnaker, dinsos):
    disnaker.accepted([person(1, phone="081234567890")])
    found = dinsos.read([person(2, phone="081234567890")])
    counts = json.loads(payung("list", "accept", found.pk, "--confirm-sure", "--json"))
    assert (counts["joined"], counts["review"]) == (1, 0)


def test_a_bad_file_is_named_and_the_good_one_is_taken(payung, disnaker, tmp_path):
    bad = tmp_path / "bukan.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    good = disnaker.file([person(1)])
    said = payung(
        "list",
        "import",
        bad,
        good,
        "--sender",
        "disnaker",
        "--start",
        "2026-12",
        "--json",
        status=2,
    )
    first, second = json.loads(said)
    assert "PDF" in first["error"]
    assert second["rows"] == 1


def test_what_is_out_of_reach_is_not_there(payung, disnaker):
    found = disnaker.read([person(1)])
    stranger = "wayan@payung.test"
    for words in (
        ("list", "show", found.pk),
        ("list", "accept", found.pk),
        ("list", "withdraw", found.pk, "--reason", "x"),
        ("list", "import", disnaker.file([person(3)]), "--sender", "dinsos", "--start", "2026-12"),
        ("worker", "show", 1),
    ):
        assert "jangkauan" in payung(*words, by=stranger, status=2)
    payung("list", "withdraw", found.pk, "--reason", "Salah")
    found.refresh_from_db()
    assert found.state == State.WITHDRAWN


def test_a_company_finds_nobody_from_the_terminal_either(payung):
    assert "tidak berhak" in payung("worker", "find", "siti", by="hendra@payung.test", status=2)


def test_codes_are_words_on_the_screen_and_codes_in_json(payung, disnaker):
    found = disnaker.read([person(1), person(2, name="Kartini", nik="36")])
    said = payung("list", "show", found.pk)
    assert "NIK bukan 16 angka" in said
    assert "No HP = Telepon (phone)" in said
    assert "nik-length" not in said
    assert "2 menunggu, 0 pekerja baru, 0 sudah terdaftar, 0 perlu keputusan, 0 ditolak." in said
    assert json.loads(payung("list", "show", found.pk, "--json"))["fates"]["waiting"] == 2

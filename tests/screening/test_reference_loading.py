from datetime import date

import pytest
import xlsxwriter

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.screening import selectors, services
from payung.apps.screening.models import Reference, ReferenceEntry, ReferenceKind
from tests.screening.conftest import AS_OF, csv_file


def load(cast, path, kind=ReferenceKind.DEATHS, who=None, **extra):
    return services.load_reference(
        actor=(who or cast.budi).actor, kind=kind, path=path, as_of=AS_OF, **extra
    )


def test_a_list_of_bpjs_members_gives_kpj_segment_and_person(cast, reference):
    made = reference(
        ReferenceKind.BPJS_ACTIVE,
        "12345678901,3671010302809001,BUDI SANTOSO,03-02-1980,PU,AKTIF",
    )
    entry = made.entries.get()
    assert (entry.number, entry.number_held, entry.value) == (2, "12345678901", "PU")
    assert entry.match_key == "budi santoso|1980-02-03"
    assert (made.rows, made.unreadable, made.region_id) == (1, 0, "36.71")


def test_members_whose_membership_ended_are_counted_and_not_kept(cast, reference):
    made = reference(
        ReferenceKind.BPJS_ACTIVE,
        "12345678901,3671010302809001,BUDI SANTOSO,03-02-1980,PU,NON AKTIF",
        "12345678902,3671010302809002,SITI AMINAH,03-02-1980,PU,AKTIF",
    )
    assert (made.rows, made.passed_over) == (1, 1)


def test_a_death_has_its_day_and_one_after_the_list_was_drawn_is_not_believed(cast, reference):
    made = reference(
        ReferenceKind.DEATHS,
        "3671010302809001,Budi Santoso,03/02/1980,12/11/2025",
        "3671010302809002,Siti Aminah,03/02/1980,12/11/2027",
    )
    days = list(made.entries.order_by("number").values_list("value_date", flat=True))
    assert days == [date(2025, 11, 12), None]


def test_rows_with_neither_a_nik_nor_a_person_are_counted_unreadable(cast, reference):
    made = reference(
        ReferenceKind.ASN,
        "3671010302809001,Budi Santoso,03/02/1980,SDN Sukarasa 1",
        "3.67E+15,,03/02/1980,SDN Sukarasa 1",
        "3.67E+15,Siti Aminah,03/02/1980,SDN Sukarasa 1",
    )
    assert (made.rows, made.unreadable) == (2, 1)
    assert made.entries.get(name="Siti Aminah").nik == ""


def test_a_decile_outside_one_to_ten_is_unreadable(cast, reference):
    made = reference(
        ReferenceKind.DTSEN,
        "3671010302809001,Budi Santoso,03/02/1980,2",
        "3671010302809002,Siti Aminah,03/02/1980,Desil 10",
        "3671010302809003,Rina Wati,03/02/1980,11",
    )
    assert list(made.entries.order_by("number").values_list("value", flat=True)) == ["2", "10"]
    assert made.unreadable == 1


def test_a_workbook_with_titles_above_its_header_is_read(cast, tmp_path):
    path = tmp_path / "asn.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["DAFTAR ASN KOTA TANGERANG"])
        page.write_row(2, 0, ["No", "N I P", "NIK", "Nama Pegawai", "Tanggal Lahir", "Unit Kerja"])
        page.write_row(3, 0, [1, "x", "3671010302809001", "Budi Santoso", "03-02-1980", "Dishub"])
        page.write_row(4, 0, [2, "x", "3671010302809002", "Siti Aminah", "03-02-1981", "Dinkes"])
    made = load(cast, path, ReferenceKind.ASN)
    assert list(made.entries.order_by("number").values_list("number", "value")) == [
        (4, "Dishub"),
        (5, "Dinkes"),
    ]


def test_the_same_file_twice_is_refused_and_changes_nothing(cast, tmp_path):
    path = csv_file(tmp_path, "NIK,Nama,Tgl Meninggal", "3671010302809001,Budi Santoso,12/11/2025")
    load(cast, path)
    with pytest.raises(DomainError, match="sudah dimuat sebagai Daftar kematian per 01-12-2025"):
        load(cast, path)
    assert Reference.objects.count() == 1
    assert ReferenceEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "header", "sentence"),
    [
        (ReferenceKind.DTSEN, "NIK,Nama,Tgl Lahir", "perlu kolom Desil"),
        (ReferenceKind.DEATHS, "NIK,Nama,Tgl Lahir", "perlu kolom Tanggal Meninggal"),
        (ReferenceKind.ASN, "Nama,Instansi", "perlu kolom NIK, atau Nama dan Tanggal Lahir"),
    ],
)
def test_a_file_without_the_columns_of_its_kind_says_which(cast, tmp_path, kind, header, sentence):
    names = ["Budi Santoso", "Siti Aminah", "Rina Wati"]
    rows = {
        "NIK,Nama,Tgl Lahir": [
            f"367101030280900{i},{n},03/02/1980" for i, n in enumerate(names, 1)
        ],
        "Nama,Instansi": [f"{name},Dinas Perhubungan" for name in names],
    }
    path = csv_file(tmp_path, header, *rows[header])
    with pytest.raises(DomainError, match=sentence) as raised:
        load(cast, path, kind)
    assert "Judul kolom yang ada: “" in str(raised.value)
    assert not Reference.objects.exists()


def test_a_file_that_is_no_list_leaves_nothing_behind(cast, tmp_path):
    path = tmp_path / "kematian.xlsx"
    path.write_bytes(b"%PDF-1.7 tiga halaman")
    with pytest.raises(DomainError, match="Berkas ini PDF"):
        load(cast, path)
    assert not Reference.objects.exists()


def test_a_file_of_which_no_row_can_be_used_leaves_nothing_behind(cast, tmp_path):
    path = csv_file(tmp_path, "NIK,Nama,Tgl Meninggal", "1111111111111111,Budi Santoso,12/11/2025")
    with pytest.raises(DomainError, match="Tidak satu baris pun"):
        load(cast, path)
    assert not Reference.objects.exists()
    assert not ReferenceEntry.objects.exists()


def test_a_reference_cannot_stand_as_of_a_day_to_come(cast, tmp_path):
    path = csv_file(tmp_path, "NIK,Nama,Tgl Meninggal", "3671010302809001,Budi,12/11/2025")
    with pytest.raises(DomainError, match="masih di depan"):
        services.load_reference(
            actor=cast.budi.actor, kind=ReferenceKind.DEATHS, path=path, as_of=date(2999, 1, 1)
        )


def test_an_operator_and_a_kelurahan_may_not_load(cast, tmp_path):
    path = csv_file(tmp_path, "NIK,Nama,Tgl Meninggal", "3671010302809001,Budi,12/11/2025")
    for who in (cast.rina, cast.yanti, cast.hendra):
        with pytest.raises(NotAllowed):
            load(cast, path, who=who)


def test_another_city_sees_no_reference_of_ours(cast, reference):
    made = reference(ReferenceKind.ASN, "3671010302809001,Budi Santoso,03/02/1980,Dishub")
    assert list(selectors.references(actor=cast.budi.actor)) == [made]
    assert not selectors.references(actor=cast.stranger.actor)
    assert not selectors.references(actor=cast.hendra.actor)


def test_one_event_tells_of_the_load_without_a_name(cast, reference):
    made = reference(ReferenceKind.ASN, "3671010302809001,Budi Santoso,03/02/1980,Dishub")
    event = Event.objects.get(act="reference.loaded")
    assert (event.object_id, event.after["rows"]) == (str(made.pk), 1)
    assert "Budi" not in str(event.after)


def test_the_newest_of_each_kind_is_taken_by_default(cast, reference):
    reference(ReferenceKind.ASN, "3671010302809001,A B,03/02/1980,X", as_of=date(2025, 11, 1))
    newer = reference(ReferenceKind.ASN, "3671010302809002,A C,03/02/1980,X")
    assert selectors.latest_references(actor=cast.budi.actor) == {ReferenceKind.ASN: newer}

"""How each office lays out its list: headings, order, date style, file format, decoration."""

from dataclasses import dataclass

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One office's sheet.

    A heading ``A|B`` stands on two lines: B under a merged A. ``dates`` is a style of
    ``damage.write_date``; ``nik`` is text, number, apostrophe or spaced. ``encoding`` and
    ``delimiter`` are for csv only. ``split`` spreads the rows over sheets by rw or kecamatan.
    """

    columns: Columns
    suffix: str = "xlsx"
    encoding: str = ""
    delimiter: str = ""
    titles: tuple[str, ...] = ()
    dates: str = "slash"
    nik: str = "text"
    phone: str = "plain"
    upper: bool = False
    split: str = ""
    total: bool = False
    signature: bool = False
    letters_row: bool = False
    margin: bool = False
    blank_every: int = 0
    cover_sheet: str = ""

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(field for _, field in self.columns)

    @property
    def two_lines(self) -> bool:
        return any("|" in heading for heading, _ in self.columns)


def _columns(text: str) -> Columns:
    pairs = (pair.rsplit("=", 1) for pair in text.split(" ; "))
    return tuple((heading.strip(), field.strip()) for heading, field in pairs)


_TITLE = (
    "PEMERINTAH KOTA TANGERANG",
    "{sender}",
    "{subject} TAHUN {year}",
    "",
)
_SHORT_TITLE = ("{subject}", "{sender}")

KELURAHAN_PLAIN = Layout(
    _columns(
        "No=no ; NIK=nik ; Nama Lengkap=name ; TTL=ttl ; L/P=sex ; Alamat=address ; "
        "RT/RW=rt_rw ; Kel.=kelurahan ; Jenis Pekerjaan=occupation ; No HP=phone ; Ket=note"
    ),
    titles=_TITLE, dates="dash", total=True, signature=True, upper=True,
)  # fmt: skip
KELURAHAN_TWO_LINES = Layout(
    _columns(
        "NO=no ; NAMA=name ; NO. KTP=nik ; KELAHIRAN|TEMPAT=birth_place ; "
        "KELAHIRAN|TANGGAL=birth_date ; JK=sex ; ALAMAT|JALAN / KAMPUNG=address ; ALAMAT|RT=rt ; "
        "ALAMAT|RW=rw ; ALAMAT|KELURAHAN=kelurahan ; PEKERJAAN=occupation ; "
        "NAMA IBU KANDUNG=mother_name ; NO. TELP=phone"
    ),
    titles=_TITLE, dates="slash", signature=True, upper=True, letters_row=True, phone="dashes",
)  # fmt: skip
KELURAHAN_BY_RW = Layout(
    _columns(
        "No.=no ; Nomor KK=kk ; Nomor Induk Kependudukan=nik ; Nama Lengkap Sesuai KTP=name ; "
        "Tempat Lahir=birth_place ; Tanggal Lahir=birth_date ; Jenis Kelamin=sex_word ; "
        "Alamat=address ; RT=rt ; RW=rw ; Pekerjaan Utama=occupation ; Penghasilan=income ; "
        "Nama Ibu=mother_name ; No. WA=phone ; No Rekening=account"
    ),
    titles=_SHORT_TITLE, dates="excel", split="rw", total=True, margin=True, phone="plus",
)  # fmt: skip
KELURAHAN_SHORT_YEARS = Layout(
    _columns(
        "NO=no ; N I K=nik ; NAMA=name ; TGL LAHIR=birth_date ; L / P=sex ; RT/RW=rt_rw_words ; "
        "DESA/KELURAHAN=kelurahan ; KECAMATAN=kecamatan ; PROFESI=occupation ; HP=phone"
    ),
    titles=("{subject}",), dates="short", blank_every=40, nik="apostrophe", upper=True,
)  # fmt: skip
KELURAHAN_SEMICOLON = Layout(
    _columns(
        "No=no ; Nomor Induk Kependudukan=nik ; Nama=name ; Tgl. Lahir=birth_date ; "
        "Jenis Kelamin=sex_word ; Nama Ibu Kandung=mother_name ; Alamat Lengkap=address ; "
        "Kelurahan=kelurahan ; Kecamatan=kecamatan ; Pekerjaan=occupation ; "
        "Penghasilan / bulan=income ; Keterangan=note"
    ),
    suffix="csv", encoding="cp1252", delimiter=";", dates="long",
)  # fmt: skip
KELURAHAN_TABS = Layout(
    _columns(
        "no_kk=kk ; nik=nik ; nama_lengkap=name ; tempat_lahir=birth_place ; "
        "tanggal_lahir=birth_date ; jenis_kelamin=sex ; alamat=address ; rt=rt ; rw=rw ; "
        "kelurahan=kelurahan ; jenis_pekerjaan=occupation ; no_hp=phone"
    ),
    suffix="csv", encoding="utf-16", delimiter="\t", dates="iso",
)  # fmt: skip
KELURAHAN_MIXED_DATES = Layout(
    _columns(
        "NO URUT=no ; NAMA PEKERJA=name ; NIK KTP=nik ; TEMPAT / TANGGAL LAHIR=ttl ; "
        "ALAMAT|KP/JL=address ; ALAMAT|RT/RW=rt_rw ; ALAMAT|KEL=kelurahan ; ALAMAT|KEC=kecamatan ; "
        "STATUS|PEKERJAAN=occupation ; STATUS|PENGHASILAN=income ; KONTAK=phone ; KET=note"
    ),
    titles=_TITLE, dates="mixed", signature=True, total=True, cover_sheet="Surat Pengantar",
)  # fmt: skip
MARBOT = Layout(
    _columns(
        "NO=no ; NAMA MARBOT=name ; NIK=nik ; TTL=ttl ; NAMA MASJID / MUSHOLA=place ; "
        "ALAMAT=address ; KELURAHAN=kelurahan ; KECAMATAN=kecamatan ; JABATAN=occupation ; "
        "NO HP=phone ; NO REKENING=account"
    ),
    titles=_TITLE, dates="long", total=True, signature=True, upper=True, phone="spaced",
)  # fmt: skip
TEACHERS = Layout(
    _columns(
        "No=no ; Nama Guru Ngaji=name ; Nomor KTP=nik ; Tempat Lahir=birth_place ; "
        "Tgl Lahir=birth_date ; L/P=sex ; Ibu Kandung=mother_name ; Nama TPQ=place ; "
        "Alamat Rumah=address ; RT/RW=rt_rw ; Kelurahan=kelurahan ; Pekerjaan=occupation ; "
        "No. HP/WA=phone"
    ),
    titles=_SHORT_TITLE, dates="abbr", split="kecamatan", cover_sheet="REKAP",
)  # fmt: skip
LINMAS = Layout(
    _columns(
        "NO=no ; IDENTITAS|NAMA ANGGOTA=name ; IDENTITAS|NO. KTP=nik ; KELAHIRAN|TEMPAT=birth_place"
        " ; KELAHIRAN|TGL=birth_date ; L/P=sex ; JABATAN=occupation ; TUGAS|KELURAHAN=kelurahan ; "
        "TUGAS|KECAMATAN=kecamatan ; NO. HANDPHONE=phone ; UKURAN SERAGAM=uniform"
    ),
    titles=_TITLE, dates="excel", total=True, signature=True, upper=True, letters_row=True,
)  # fmt: skip
CADRES = Layout(
    _columns(
        "No=no ; Nama Kader=name ; NIK=nik ; Tgl Lahir=birth_date ; Posyandu=place ; "
        "Alamat=address ; RT/RW=rt_rw ; Kel.=kelurahan ; Pekerjaan=occupation ; "
        "Telp=phone ; Email=email ; Ket=note"
    ),
    titles=_SHORT_TITLE, dates="dash", signature=True, phone="dots",
)  # fmt: skip
CADRES_NUMBERS = Layout(
    _columns(
        "NO=no ; NAMA=name ; NIK=nik ; TANGGAL LAHIR=birth_date ; NAMA POSYANDU=place ; "
        "ALAMAT=address ; KELURAHAN=kelurahan ; JABATAN=occupation ; NO TELEPON=phone"
    ),
    titles=_SHORT_TITLE, dates="excel", nik="number", phone="number", upper=True,
)  # fmt: skip
RIDERS = Layout(
    _columns(
        "Timestamp=timestamp ; Email Address=email ; Nama Lengkap (sesuai KTP)=name ; "
        "NIK (16 digit)=nik ; Tempat Lahir=birth_place ; Tanggal Lahir=birth_date ; "
        "Jenis Kelamin=sex_word ; Nama Ibu Kandung=mother_name ; Alamat Domisili=address ; "
        "Kelurahan=kelurahan ; Kecamatan=kecamatan ; Jenis Pekerjaan=occupation ; "
        "Penghasilan per Bulan (Rp)=income ; Nomor HP/WhatsApp=phone ; Plat Nomor=plate"
    ),
    suffix="csv", encoding="utf-8-sig", delimiter=",", dates="slash", phone="plus",
)  # fmt: skip
TRADERS = Layout(
    _columns(
        "No.=no ; No. KTP=nik ; Nama Pedagang=name ; Tempat/Tgl. Lahir=ttl ; JK=sex ; "
        "Alamat KTP=address ; Kelurahan/Desa=kelurahan ; Lokasi Usaha=place ; "
        "Jenis Usaha=occupation ; Omzet/bulan=income ; No. Telepon=phone"
    ),
    titles=_TITLE, dates="slash", total=True, split="kecamatan", nik="spaced",
)  # fmt: skip
WASTE = Layout(
    _columns(
        "NO=no ; NAMA=name ; NIK=nik ; TGL LHR=birth_date ; KELAMIN=sex_word ; NAMA IBU=mother_name"
        " ; ALAMAT=address ; KEL=kelurahan ; KEC=kecamatan ; PEKERJAAN=occupation ; TPS=place"
    ),
    titles=("{subject}",), dates="dots", blank_every=25,
)  # fmt: skip
STREET = Layout(
    _columns(
        "No=no ; Nama=name ; No Identitas (KTP)=nik ; Tgl Lahir=birth_date ; L/P=sex ; "
        "Alamat=address ; RT/RW=rt_rw ; Kelurahan=kelurahan ; Kecamatan=kecamatan ; "
        "Pekerjaan=occupation ; Titik Lokasi=place ; No HP=phone"
    ),
    titles=_SHORT_TITLE, dates="slash", total=True, signature=True, margin=True,
)  # fmt: skip
PLAIN = Layout(
    _columns(
        "No=no ; NIK=nik ; Nama Lengkap=name ; Tempat Lahir=birth_place ; "
        "Tanggal Lahir=birth_date ; L/P=sex ; Nama Ibu Kandung=mother_name ; Alamat=address ; "
        "RT/RW=rt_rw ; Kelurahan=kelurahan ; Pekerjaan=occupation ; No HP=phone"
    ),
    titles=_SHORT_TITLE, dates="dash",
)  # fmt: skip

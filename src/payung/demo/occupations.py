"""What the made-up people live by, and how offices write it."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Occupation:
    """``women`` is the share of women; incomes are rupiah a month."""

    name: str
    women: float
    income: tuple[int, int]
    written: tuple[str, ...]


OCCUPATIONS = {
    occupation.name: occupation
    for occupation in (
        Occupation("ojek online", 0.06, (1_500_000, 3_500_000),
                   ("Ojek Online", "Ojol", "Driver Ojol", "OJEK ONLINE", "Driver Online")),
        Occupation("ojek pangkalan", 0.01, (900_000, 2_000_000),
                   ("Ojek Pangkalan", "Opang", "Tukang Ojek", "Ojeg pangkalan")),
        Occupation("pedagang kaki lima", 0.45, (1_000_000, 3_000_000),
                   ("Pedagang Kaki Lima", "PKL", "Pedagang", "Pedagang kecil", "Dagang")),
        Occupation("pedagang keliling", 0.3, (900_000, 2_200_000),
                   ("Pedagang Keliling", "Tukang Sayur Keliling", "Dagang keliling")),
        Occupation("marbot", 0.02, (300_000, 1_200_000),
                   ("Marbot", "Marbot Masjid", "Merbot", "Marbot/Pengurus Masjid")),
        Occupation("guru ngaji", 0.55, (200_000, 1_000_000),
                   ("Guru Ngaji", "Guru ngaji TPQ", "Ustadz/Guru Ngaji", "Guru TPA")),
        Occupation("linmas", 0.08, (500_000, 1_500_000),
                   ("Linmas", "LINMAS", "Anggota Linmas", "Satlinmas", "Hansip")),
        Occupation("kader posyandu", 0.98, (150_000, 600_000),
                   ("Kader Posyandu", "Kader", "Kader PKK/Posyandu", "KADER POSYANDU")),
        Occupation("pemulung", 0.35, (500_000, 1_500_000),
                   ("Pemulung", "Pemulung/Rongsok", "Pengepul Rongsok", "pemulung")),
        Occupation("buruh cuci", 0.98, (500_000, 1_300_000),
                   ("Buruh Cuci", "Buruh cuci gosok", "Tukang Cuci", "ART/Buruh Cuci")),
        Occupation("asisten rumah tangga", 0.97, (700_000, 1_800_000),
                   ("Asisten Rumah Tangga", "ART", "Pembantu Rumah Tangga", "PRT")),
        Occupation("juru parkir", 0.02, (800_000, 2_000_000),
                   ("Juru Parkir", "Jukir", "Tukang Parkir", "JURU PARKIR")),
        Occupation("tukang becak", 0.0, (500_000, 1_300_000),
                   ("Tukang Becak", "Becak", "Penarik Becak", "Abang becak")),
        Occupation("buruh harian lepas", 0.2, (900_000, 2_200_000),
                   ("Buruh Harian Lepas", "BHL", "Buruh Harian", "Kuli", "Serabutan")),
        Occupation("kuli bangunan", 0.0, (1_200_000, 2_800_000),
                   ("Kuli Bangunan", "Tukang Bangunan", "Buruh Bangunan", "Tukang batu")),
        Occupation("nelayan", 0.03, (700_000, 1_800_000),
                   ("Nelayan", "Nelayan sungai", "NELAYAN")),
        Occupation("petani", 0.3, (600_000, 1_500_000),
                   ("Petani", "Buruh Tani", "Petani Penggarap", "Tani")),
        Occupation("penggali kubur", 0.0, (400_000, 1_000_000),
                   ("Penggali Kubur", "Juru Kunci Makam", "Penggali makam")),
        Occupation("ketua RT", 0.12, (500_000, 2_500_000),
                   ("Ketua RT", "RT", "Ketua RT/RW", "Pengurus RT")),
    )
}  # fmt: skip
NO_OCCUPATION = ("-", "Lainnya", "Wiraswasta?", "Blm ada", "xxx", "Ikut suami")

KELURAHAN_MIX = {
    "ojek online": 17, "ojek pangkalan": 8, "pedagang kaki lima": 18, "pedagang keliling": 7,
    "marbot": 4, "guru ngaji": 6, "linmas": 3, "kader posyandu": 5, "pemulung": 4,
    "buruh cuci": 8, "asisten rumah tangga": 5, "juru parkir": 3, "tukang becak": 1,
    "buruh harian lepas": 10, "kuli bangunan": 6, "nelayan": 0.3, "petani": 1,
    "penggali kubur": 1, "ketua RT": 2,
}  # fmt: skip


def draw(random: Random, mix: dict[str, float], sex: str) -> str:
    """An occupation out of a mix, by how many men or women live by it."""
    weights = [
        weight * max(0.01, OCCUPATIONS[name].women if sex == "P" else 1 - OCCUPATIONS[name].women)
        for name, weight in mix.items()
    ]
    return random.choices(list(mix), weights)[0]

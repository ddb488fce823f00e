"""Made-up people of Kota Tangerang: who they are, where they live, what is true of them.

Nobody here exists. A NIK of the right form cannot be kept apart from all real ones by
construction, so each made-up NIK and KK ends in a serial from 9001 on: serials count the
registrations of one birth date in one kecamatan from 0001 and never come near it. Phones carry
``00`` behind the operator's prefix for the same reason.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from payung.demo.names import make_name, twin_name
from payung.demo.occupations import KELURAHAN_MIX, OCCUPATIONS, draw
from payung.demo.places import Kelurahan, kelurahan_of
from payung.law import age_limits

_OUTSIDE = (
    ("360301", "Tangerang", 20), ("360312", "Tangerang", 12), ("320105", "Bogor", 8),
    ("320213", "Sukabumi", 4), ("321009", "Majalengka", 3), ("360204", "Lebak", 8),
    ("360111", "Pandeglang", 8), ("360413", "Serang", 5), ("180204", "Lampung Tengah", 5),
    ("180309", "Kotabumi", 2), ("330215", "Banyumas", 6), ("332907", "Brebes", 6),
    ("331404", "Sragen", 4), ("317301", "Jakarta", 9), ("317406", "Jakarta", 6),
)  # fmt: skip
_STREETS = (
    "Jl. Melati", "Jl. Kenari", "Jl. H. Mean", "Kp. Rawa Bokor", "Kp. Kebon Nanas", "Gg. Mushola",
    "Jl. Cempaka", "Kp. Baru", "Gg. Swadaya", "Jl. Anggrek", "Kp. Pondok Sinar", "Gg. Kelinci",
    "Jl. Pasar Lama", "Kp. Gunung", "Perum Griya Asri Blok C", "Jl. Raya Mauk", "Gg. Haji Jali",
)  # fmt: skip
_OPERATORS = ("0812", "0813", "0821", "0852", "0857", "0877", "0878", "0895", "0896", "0838")
_ASN_OFFICES = (
    "SMPN di Kota Tangerang", "Dinas Pendidikan", "Satuan Polisi Pamong Praja",
    "Dinas Kesehatan", "Kecamatan di Kota Tangerang", "Dinas Perhubungan", "Kementerian Agama",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days everything in the city hangs on: when cover begins and how old each file is."""

    start: date

    @property
    def bpjs_active(self) -> date:
        return self.start - timedelta(days=40)

    @property
    def deaths(self) -> date:
        return self.start - timedelta(days=36)

    @property
    def asn(self) -> date:
        return self.start - timedelta(days=75)

    @property
    def dtsen(self) -> date:
        return self.start - timedelta(days=100)


@dataclass(slots=True, eq=False)
class Person:
    """One made-up person as they truly are.

    ``kpj`` is the number BPJS gives this person for life; they are a member only between
    ``member_since`` and ``member_until``. ``truths`` names what stands against enrolling them.
    """

    id: int
    nik: str
    kk: str
    name: str
    sex: str
    birth_place: str
    birth_date: date
    mother_name: str
    address: str
    rt: int
    rw: int
    kelurahan: Kelurahan
    phone: str
    occupation: str
    income: int
    decile: int
    kpj: str
    spouse: "Person | None" = None
    twin: "Person | None" = None
    died_on: date | None = None
    death_listed: bool = False
    member_segment: str = ""
    member_since: date | None = None
    member_until: date | None = None
    asn_office: str = ""
    truths: tuple[str, ...] = ()

    def age_on(self, day: date) -> int:
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def is_dead_on(self, day: date) -> bool:
        return self.died_on is not None and self.died_on <= day

    def is_member_on(self, day: date) -> bool:
        if self.member_since is None or self.member_since > day:
            return False
        return self.member_until is None or self.member_until >= day


class Population:
    """Makes households one after another, each from the same stream of chance."""

    def __init__(self, random: Random, calendar: Calendar) -> None:
        self.random = random
        self.calendar = calendar
        self.ages = age_limits(calendar.start)
        self.people: list[Person] = []
        self.by_nik: dict[str, Person] = {}
        self.kelurahan = kelurahan_of()
        self._weights = list(accumulate(random.uniform(0.5, 2.0) for _ in self.kelurahan))
        self._outside_weights = list(accumulate(weight for *_, weight in _OUTSIDE))

    def any_kelurahan(self) -> Kelurahan:
        return self.random.choices(self.kelurahan, cum_weights=self._weights)[0]

    def household(self, kelurahan: Kelurahan, mix: dict[str, float]) -> list[Person]:
        """One or two grown-ups under one KK: alone, a couple, or twins at home.

        The first (and a twin) works in an occupation of the mix, a spouse in any.
        """
        random = self.random
        share_women = sum(OCCUPATIONS[name].women * w for name, w in mix.items()) / sum(
            mix.values()
        )
        home = _Home(
            kk=self._kk(kelurahan),
            address=f"{random.choice(_STREETS)} No. {random.randint(1, 180)}",
            rt=random.randint(1, 12),
            rw=random.randint(1, 15),
            kelurahan=kelurahan,
            mix=mix,
            decile=random.choices(range(1, 11), (16, 18, 17, 14, 11, 8, 6, 4, 3, 3))[0],
        )
        head = self._person(home, "P" if random.random() < share_women else "L", self._born())
        members = [head]
        way = random.random()
        if way < 0.012:
            members.append(self._twin_of(head, home))
        elif way < 0.3:
            gap = timedelta(days=random.randint(-2500, 2500))
            spouse = self._person(
                home, "L" if head.sex == "P" else "P", self._near(head, gap), KELURAHAN_MIX
            )
            head.spouse, spouse.spouse = spouse, head
            members.append(spouse)
        return members

    def _near(self, head: Person, gap: timedelta) -> date:
        """A spouse's birth date: some years off, but of working age too."""
        start = self.calendar.start
        days = ((self.ages.adult + 1) * 366, (self.ages.limit - 1) * 365)
        youngest, oldest = (start - timedelta(days=each) for each in days)
        return max(oldest, min(head.birth_date + gap, youngest))

    def _born(self) -> date:
        """A birth date of somebody of working age at the start of cover."""
        age = self.random.triangular(self.ages.adult + 0.2, self.ages.limit - 0.4, 43)
        return self.calendar.start - timedelta(days=int(age * 365.25))

    def _kk(self, kelurahan: Kelurahan) -> str:
        random = self.random
        issued = date(2010, 1, 1) + timedelta(days=random.randrange(5300))
        return f"{kelurahan.nik_prefix}{issued:%d%m%y}{_serial(random)}"

    def _nik(self, prefix: str, born: date, sex: str) -> str:
        day = born.day + (40 if sex == "P" else 0)
        stem = f"{prefix}{day:02d}{born:%m%y}"
        while (nik := stem + _serial(self.random)) in self.by_nik:
            pass
        return nik

    def _person(
        self, home: "_Home", sex: str, born: date, mix: dict[str, float] | None = None
    ) -> Person:
        random = self.random
        if random.random() < 0.62:
            prefix, place = random.choice(self.kelurahan).nik_prefix, "Tangerang"
        else:
            prefix, place, _ = random.choices(_OUTSIDE, cum_weights=self._outside_weights)[0]
        occupation = draw(random, mix or home.mix, sex)
        low, high = OCCUPATIONS[occupation].income
        number = len(self.people) + 1
        person = Person(
            id=number,
            nik=self._nik(prefix, born, sex),
            kk=home.kk,
            name=make_name(random, sex),
            sex=sex,
            birth_place=place,
            birth_date=born,
            mother_name=make_name(random, "P"),
            address=home.address,
            rt=home.rt,
            rw=home.rw,
            kelurahan=home.kelurahan,
            phone=f"{random.choice(_OPERATORS)}00{random.randrange(10**6):06d}",
            occupation=occupation,
            income=random.randrange(low, high, 50_000),
            decile=home.decile,
            kpj=f"99{number * 7_919 % 10**9:09d}",
        )
        return self._add(person)

    def _add(self, person: Person) -> Person:
        self.people.append(person)
        self.by_nik[person.nik] = person
        return person

    def _twin_of(self, head: Person, home: "_Home") -> Person:
        sex = head.sex if self.random.random() < 0.7 else ("L" if head.sex == "P" else "P")
        twin = self._person(home, sex, head.birth_date)
        del self.by_nik[twin.nik]
        twin.nik = self._nik(head.nik[:6], twin.birth_date, sex)
        self.by_nik[twin.nik] = twin
        twin.birth_place, twin.mother_name = head.birth_place, head.mother_name
        if sex == head.sex:
            twin.name = twin_name(self.random, head.name, sex)
        head.twin, twin.twin = twin, head
        return twin

    def reborn(self, person: Person, age_days: int) -> None:
        """Give a person another age at the start of cover, and the NIK that goes with it."""
        del self.by_nik[person.nik]
        person.birth_date = self.calendar.start - timedelta(days=age_days)
        person.nik = self._nik(person.nik[:6], person.birth_date, person.sex)
        self.by_nik[person.nik] = person

    def befall(self, person: Person, truth: str) -> None:
        """Make something true of a person that stands against enrolling them."""
        random, calendar = self.random, self.calendar
        person.truths = (*person.truths, truth)
        if truth == "age-65":
            self.reborn(person, random.randint(self.ages.limit * 366, 83 * 365))
        elif truth == "age-under-18":
            self.reborn(person, random.randint(self.ages.least * 366, self.ages.adult * 365 - 30))
        elif truth == "dead":
            person.died_on = calendar.deaths - timedelta(days=random.randint(10, 1400))
            person.death_listed = True
        elif truth == "death-unlisted":
            person.died_on = calendar.start - timedelta(days=random.randint(3, 160))
        elif truth == "active-member":
            person.member_segment = random.choice(("PU", "PU", "BPU"))
            person.member_since = calendar.bpjs_active - timedelta(days=random.randint(30, 3000))
        elif truth == "membership-new":
            person.member_segment = random.choice(("PU", "BPU"))
            person.member_since = calendar.start - timedelta(days=random.randint(1, 38))
        elif truth == "former-member":
            person.member_segment = "PU"
            person.member_since = calendar.start - timedelta(days=random.randint(1500, 4000))
            person.member_until = calendar.start - timedelta(days=random.randint(150, 1400))
        elif truth == "asn":
            person.asn_office = random.choice(_ASN_OFFICES)
        else:
            raise ValueError(truth)


@dataclass(frozen=True, slots=True)
class _Home:
    kk: str
    address: str
    rt: int
    rw: int
    kelurahan: Kelurahan
    mix: dict[str, float]
    decile: int


def _serial(random: Random) -> str:
    """9001–9999, never ending in 0: a number cell that lost its last digit then always shows."""
    return f"9{random.randrange(100):02d}{random.randint(1, 9)}"

"""Questions about a day: what is owed, which papers, until when, what was in force."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from payung.law import (
    Benefit,
    Child,
    Cover,
    Dated,
    Deadline,
    Document,
    Heirs,
    LawError,
    Words,
    all_parameters,
    base_income,
    benefit,
    care_kinds,
    claim_deadlines,
    claim_documents,
    claim_outcomes,
    cover_from_counts,
    disability_code,
    disability_kinds,
    heir_relations,
    heirs,
    long_date,
    outcome_words,
    parameter,
)
from payung.web.law import fields
from payung.web.law.forms import Question, flat
from payung.web.law.words import capital, say, typed

JAKARTA = ZoneInfo("Asia/Jakarta")
DISABILITIES = ("", "2", "3", "4")  # how many lost parts one may name
CHILDREN = ("", "2")
LONGEST_LIFE = 12 * 60  # months a person can have paid; more only makes the site work
COST = "biaya_"
KINDS = ("jkm", "jkk", "scholarship")
_MOMENT = "saat_"
_ABOUT_EXTENT = {
    "disability.unreadable",
    "disability.needs-measure",
    "disability.not-measured",
    "disability.function-outside",
    "disability.share-outside",
    "disability.too-little",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, and the cover it rests on."""

    benefit: Benefit
    cover: Cover


class BenefitQuestion(Question):
    """One form for all cases; each keeps the fields it asks for."""

    tanggal = fields.Day("event", required=True)
    dibayar = fields.Count("paid_months", required=True)
    sebab = fields.Choice("ground", required=True)
    cacat = fields.Choice("disability", required=True)
    ukuran = fields.Count("extent")
    anak = fields.Ages("children")
    bulan_sakit = fields.Count("unable")
    penghasilan = fields.Rupiah("income_registered", required=True)
    mendadak = fields.Tick("sudden")
    berturut = fields.Count("consecutive")
    tunggakan = fields.Count("arrears_months")
    jenjang = fields.Choice("school_level")
    kelas = fields.Count("school_place")
    jenjang2 = fields.Choice("school_level_2")
    kelas2 = fields.Count("school_place_2")
    kidal = fields.Tick("left")

    @property
    def case(self) -> str:
        return self.fixed["kejadian"]

    def prepare(self) -> None:
        case, at_work = self.case, self.case not in ("death", "scholarship")
        kept = {
            "sebab": case == "scholarship",
            "cacat": case == "work-disability",
            "ukuran": case == "work-disability",
            "kidal": case == "work-disability",
            "anak": case != "temporary-disability",
            **{
                f"{name}{number}": case != "temporary-disability"
                for name in ("jenjang", "kelas")
                for number in CHILDREN
            },
            "bulan_sakit": at_work,
            "mendadak": case == "work-death",
        }
        for name, asked in kept.items():
            if not asked:
                del self.fields[name]
        self.more = ("berturut", "tunggakan")
        if kept["anak"]:
            self._levels()
        if case == "scholarship":
            self.fields["anak"].required = True
            rows = parameter("scholarship.grounds").latest.rows
            self.fields["sebab"].widget.choices = [
                (row["code"], Words(row["name"], row["english"]).say(self.language)) for row in rows
            ]
        if case == "temporary-disability":
            self.fields["bulan_sakit"].required = True
        if kept["cacat"]:
            self._disabilities()
            self.more = (*self.more, "kidal", "anak")
        self.more += tuple(
            f"{name}{number}" for number in CHILDREN for name in ("jenjang", "kelas")
        )
        if at_work:
            self._costs()

    def _disabilities(self) -> None:
        """A first lost part, and further ones below the fold."""
        kinds = disability_kinds(self.today)
        named = [(each, Words(each.name, each.english).say(self.language)) for each in kinds]
        lost = [(each.code, name) for each, name in named if not each.measure]
        measured = [(each.code, name) for each, name in named if each.measure]
        choices: list[Any] = [
            ("", self.t["disability_none"]),
            ("total", self.t["total"]),
            (self.t["lost_part"], lost),
            (self.t["measured_part"], measured),
        ]
        self.fields["cacat"].widget.choices = choices
        for number in DISABILITIES[1:]:
            choice = fields.Choice("disability_next", choices)
            self.fields[f"cacat{number}"] = choice
            self.fields[f"ukuran{number}"] = fields.Count("extent")
            self.more = (*self.more, f"cacat{number}", f"ukuran{number}")

    def _levels(self) -> None:
        rows = parameter("scholarship.levels").latest.rows
        named = [(each["code"], Words(each["name"], each["english"])) for each in rows]
        for number in CHILDREN:
            self.fields[f"jenjang{number}"].widget.choices = [
                ("", self.t["level_by_age"]),
                *((code, name.say(self.language)) for code, name in named),
            ]

    def _costs(self) -> None:
        for kind in care_kinds(self.today):
            field = fields.Rupiah("")
            field.label = Words(kind.name, kind.english).say(self.language)
            self.fields[f"{COST}{kind.code}"] = field

    @property
    def plain(self) -> list[forms.BoundField]:
        return [field for field in super().plain if not field.name.startswith(COST)]

    @property
    def costs(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(COST)]

    @property
    def costs_given(self) -> bool:
        return self.is_bound and any(field.value() for field in self.costs)

    def usual(self) -> dict[str, str]:
        return {
            "tanggal": f"{self.today:%Y-%m-%d}",
            "penghasilan": typed(base_income(self.today, 1), self.language),
            "sebab": "death",
            "tunggakan": "0",
        }

    def ask(self, given: dict[str, Any]) -> Owed:
        on, arrears, paid = given["tanggal"], given["tunggakan"], given["dibayar"]
        if isinstance(paid, int) and paid > LONGEST_LIFE:
            raise LawError("cover.counts-too-many", paid=paid)
        covered = cover_from_counts(on, paid, given["berturut"], 0 if arrears is None else arrears)
        unable = given.get("bulan_sakit")
        owed = benefit(
            self.case,
            on,
            covered,
            income=given["penghasilan"],
            children=self._children(given),
            disability=[code for number in DISABILITIES if (code := _disability(given, number))],
            months_unable=0 if unable is None else unable,
            left_handed=given.get("kidal", False),
            sudden=given.get("mendadak", False),
            costs={
                name.removeprefix(COST): cost
                for name, cost in given.items()
                if name.startswith(COST) and cost is not None
            },
            ground=given.get("sebab") or "death",
        )
        return Owed(owed, covered)

    def _children(self, given: Mapping[str, Any]) -> list[Child]:
        """The children by age, those whose school level was named with it."""
        children = [Child(age) for age in given.get("anak") or ()]
        for place, number in enumerate(CHILDREN):
            level, year = given.get(f"jenjang{number}"), given.get(f"kelas{number}")
            if year is not None and not level:
                raise forms.ValidationError({f"jenjang{number}": self.t["level_missing"]})
            if level and place >= len(children):
                raise forms.ValidationError({"anak": self.t["age_missing"]})
            if level:
                children[place] = replace(
                    children[place], level=level, year=1 if year is None else year
                )
        return children

    def field_of(self, error: LawError) -> str | None:
        schooling = {"scholarship.unknown-level": "jenjang", "scholarship.no-such-year": "kelas"}
        if name := schooling.get(error.code):
            given = error.values["code" if name == "jenjang" else "year"]
            names = [f"{name}{number}" for number in reversed(CHILDREN)]
            return next(each for each in names if self.cleaned_data.get(each) == given)
        if error.code == "cover.count-not-whole":
            named = ("dibayar", "berturut", "tunggakan")
            wrong = [name for name in named if self.cleaned_data.get(name) == error.values["count"]]
            return wrong[0] if wrong else None
        if error.code == "benefits.cost-not-whole":
            name = error.values["cost"].say(self.language)
            found = (each.name for each in self.costs if each.label == name)
            return next(found, None)
        if error.code.startswith("disability.") and "cacat" in self.fields:
            return self._disability_field(error)
        return super().field_of(error)

    def _disability_field(self, error: LawError) -> str:
        """The lost part that a refusal names, by code or by name; the extent if that is wrong."""
        said = {str(error.values.get(key, "")) for key in ("disability", "part")}
        name = error.values.get("name", Words("", "")).say(self.language)
        part = "ukuran" if error.code in _ABOUT_EXTENT else "cacat"
        shown = dict(flat(self.fields["cacat"].widget.choices))
        for number in reversed(DISABILITIES):
            code = self.cleaned_data.get(f"cacat{number}", "")
            if code and (
                name == shown.get(code) or {code, _disability(self.cleaned_data, number)} & said
            ):
                return f"{part}{number}"
        return "cacat"


def _disability(given: Mapping[str, Any], number: str) -> str:
    code, extent = given.get(f"cacat{number}") or "", given.get(f"ukuran{number}")
    return disability_code(given["tanggal"], code, extent) if code else ""


@dataclass(frozen=True, slots=True)
class Handling:
    """What a claim needs: its papers, and its deadlines where the law sets any."""

    kind: str
    documents: tuple[Document, ...]
    deadlines: tuple[Deadline, ...]


class ClaimQuestion(Question):
    more_word = "moments"
    kejadian = fields.Choice("kind", required=True)
    tanggal = fields.Day("event", required=True)
    jam = fields.Clock("time")

    def prepare(self) -> None:
        self.fields["kejadian"].widget.choices = [
            (
                self.t[f"kind_{kind}"],
                [
                    (f"{kind}:{outcome}", self._named(kind, outcome))
                    for outcome in claim_outcomes(kind)
                ],
            )
            for kind in KINDS
        ]
        for code, words in self._moments().items():
            field = fields.Day("")
            field.label = capital(words.say(self.language))
            self.fields[f"{_MOMENT}{code}"] = field
            self.more = (*self.more, f"{_MOMENT}{code}")

    def _named(self, kind: str, outcome: str) -> str:
        """An outcome, with its programme where two programmes have one of the same name."""
        said = outcome_words(outcome).say(self.language)
        return capital(said) if kind == "scholarship" else f"{kind.upper()}: {said}"

    def _moments(self) -> dict[str, Words]:
        """The later moments from which a deadline counts, in order."""
        example = datetime.combine(self.today, time(0), JAKARTA)
        found: dict[str, Words] = {}
        for kind in ("jkk", "jkm"):
            for each in claim_deadlines(kind, example):
                if each.starts != "event":
                    found[each.starts] = each.starts_words
        return found

    def usual(self) -> dict[str, str]:
        return {"tanggal": f"{self.today:%Y-%m-%d}", "kejadian": "jkm:death"}

    def ask(self, given: dict[str, Any]) -> Handling:
        kind, _, outcome = given["kejadian"].partition(":")
        on = given["tanggal"]
        documents = claim_documents(kind, outcome or None, on)
        if kind == "scholarship":
            return Handling(kind, documents, ())
        event = datetime.combine(on, given["jam"] or time(0), JAKARTA)
        moments = {
            name.removeprefix(_MOMENT): max(_at(day), event) if day == on else _at(day)
            for name, day in given.items()
            if name.startswith(_MOMENT) and day is not None
        }
        return Handling(kind, documents, claim_deadlines(kind, event, moments=moments))

    def field_of(self, error: LawError) -> str | None:
        if error.code == "claims.moment-before-event":
            label = capital(error.values["moment"].say(self.language))
            return next(name for name, field in self.fields.items() if field.label == label)
        return super().field_of(error)


class HeirsQuestion(Question):
    """Who is left; nobody ticked means that there is nobody."""

    tanggal = fields.Day("death_day", required=True)
    ada = fields.Several("living")

    def prepare(self) -> None:
        self.fields["ada"].widget.choices = [
            (code, name.say(self.language)) for code, name in heir_relations(self.today).items()
        ]

    def usual(self) -> dict[str, str]:
        return {"tanggal": f"{self.today:%Y-%m-%d}"}

    def ask(self, given: dict[str, Any]) -> Heirs:
        return heirs(given["tanggal"], given["ada"])


class RulesQuestion(Question):
    tanggal = fields.Day("day", required=True)

    def usual(self) -> dict[str, str]:
        return {"tanggal": f"{self.today:%Y-%m-%d}"}

    def ask(self, given: dict[str, Any]) -> dict[str, Dated]:
        found = all_parameters().at(given["tanggal"])
        if not found:
            oldest = min(each.values[0].since for each in all_parameters().by_id.values())
            raise forms.ValidationError({"tanggal": self._nothing(given["tanggal"], oldest)})
        return found

    def _nothing(self, day: date, since: date) -> str:
        days = {"day": long_date(day, self.language), "since": long_date(since, self.language)}
        return say("no_rules", self.language, **days)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(0), JAKARTA)

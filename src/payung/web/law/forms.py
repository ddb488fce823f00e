"""The questions of the calculator: what is asked, and the call to the law that answers it.

A form takes what stands in the address, fills in what the address leaves out, and after
`is_valid` holds the law's `answer`. What the law refuses becomes an error beside its field.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from payung.law import (
    PU_SECTORS,
    SECTORS,
    Contribution,
    Cover,
    Language,
    LawError,
    Words,
    base_income,
    bpu_contribution,
    cover,
    jakon_contribution,
    long_date,
    month_name,
    parameter,
    pmi_contribution,
    pu_contribution,
    rupiah,
)
from payung.web.law import fields
from payung.web.law.words import capital, speak, typed

# The field that a refusal belongs to; the first of these that the form has.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "law.no-rule-on-day": ("bulan", "pada", "tanggal"),
    "law.rule-ended": ("bulan", "pada", "tanggal"),
    "calendar.unknown-year": ("tanggal", "spk"),
    "contribution.months": ("jumlah", "lama"),
    "contribution.unknown-program": ("program",),
    "contribution.mandatory-missing": ("program",),
    "bpu.income-not-whole": ("penghasilan",),
    "bpu.unknown-sector": ("pekerjaan",),
    "bpu.unknown-funder": ("dana",),
    "pu.wage-not-whole": ("upah",),
    "pu.unknown-risk-class": ("risiko",),
    "pu.unknown-size": ("usaha",),
    "pu.no-jkp": ("program",),
    "pu.jkp-needs": ("program",),
    "jakon.value-or-wage": ("nilai",),
    "jakon.value-not-whole": ("nilai",),
    "pmi.unknown-route": ("jalur",),
    "pmi.contract-months": ("lama",),
    "cover.count-not-whole": ("dibayar",),
    "cover.more-consecutive-than-paid": ("berturut",),
    "cover.no-consecutive": ("berturut",),
    "cover.arrears-without-payment": ("tunggakan",),
    "cover.counts-too-many": ("dibayar",),
    "benefits.before-membership": ("dibayar",),
    "benefits.months-unable-not-whole": ("bulan_sakit",),
    "scholarship.unknown-ground": ("sebab",),
    "scholarship.no-children": ("anak",),
    "scholarship.too-many-children": ("anak",),
    "scholarship.age-not-whole": ("anak",),
    "heirs.unknown-relation": ("ada",),
    "claims.unknown-kind": ("kejadian",),
    "claims.unknown-outcome": ("kejadian",),
}


class Question(forms.Form):
    """What is asked of the law. `fixed` goes into the address beside the fields."""

    more: ClassVar[tuple[str, ...]] = ()  # names folded away until wanted
    more_word = "more"  # what stands on the fold
    answer: Any = None

    def __init__(
        self, asked: QueryDict, *, language: Language, today: date, fixed: Mapping[str, str]
    ) -> None:
        self.language, self.today, self.fixed = language, today, fixed
        self.t = speak(language)
        super().__init__(auto_id="id_%s", use_required_attribute=False)
        self.prepare()
        for name, field in self.fields.items():
            self._speak(name, field)
        self.initial = {name: each for name, each in self.usual().items() if name in self.fields}
        if any(name in asked for name in self.fields):
            self.data = self._filled(asked)
            self.is_bound = True

    def prepare(self) -> None:
        """Choices and fields that depend on the law or the language."""

    def usual(self) -> dict[str, str]:
        """What is taken for fields that the address leaves out, as it would be typed."""
        return {}

    def ask(self, given: dict[str, Any]) -> Any:
        """The law's answer; LawError goes beside its field."""
        raise NotImplementedError

    def clean(self) -> None:
        if not self.errors:
            try:
                self.answer = self.ask(self.cleaned_data)
            except LawError as error:
                self.add_error(self.field_of(error), error.say(self.language))

    def field_of(self, error: LawError) -> str | None:
        """The field that a refusal speaks of; None when it speaks of the whole question."""
        return next((name for name in _FIELDS.get(error.code, ()) if name in self.fields), None)

    @property
    def address(self) -> str:
        """The query that asks the same again, with every entry in it."""
        pairs = list(self.fixed.items())
        for name in self.fields:
            given = self.data.getlist(name) if self.is_bound else []
            pairs += [(name, text) for text in given if text.strip()]
        if self.language == "en":
            pairs.append(("bahasa", "en"))
        return urlencode(pairs, safe=":,")

    @property
    def said(self) -> list[tuple[str, str]]:
        """The entries as a reader of paper needs them."""
        return [
            (field.label, shown)
            for name, field in self.fields.items()
            if (shown := self._shown(name, field))
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.more]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more if name in self.fields]

    @property
    def fold(self) -> str:
        return self.t[self.more_word]

    @property
    def unfolded(self) -> bool:
        """Whether something folded away was filled in or refused."""
        usual = self.usual()
        return self.is_bound and any(
            field.errors or field.value() not in (None, "", False, [], usual.get(field.name))
            for field in self.folded
        )

    @property
    def slots(self) -> str:
        """What htmx renews beside the answer: errors, news, and the way to the other language."""
        places = [f"#id_{name}_error:innerHTML" for name in self.fields]
        return ",".join([*places, "#galat:innerHTML", "#kabar:innerHTML", "#bahasa"])

    def _filled(self, asked: QueryDict) -> QueryDict:
        data = asked.copy()
        for name, text in self.usual().items():
            if name in self.fields and name not in data:
                data[name] = text
        return data

    def _speak(self, name: str, field: Any) -> None:
        field.language = self.language
        field.label = self.t[field.word] if field.word else field.label
        field.help_text = self.t.get(f"{field.word}_help", "")
        field.error_messages["required"] = self.t["required"]
        field.template_name = "law/field.html"
        if not field.widget.use_fieldset:
            described = [f"id_{name}_helptext"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*described, f"id_{name}_error"])

    def _shown(self, name: str, field: Any) -> str:
        value = self.cleaned_data.get(name)
        if isinstance(field, fields.Several):
            names = [name for code, name in field.widget.choices if code in value]
            return ", ".join(names) or self.t["nobody_left"]
        if value in (None, "", False, []):
            return ""
        if isinstance(field, fields.Choice):
            return dict(flat(field.widget.choices)).get(str(value), str(value))
        if isinstance(field, fields.Rupiah):
            return rupiah(value, self.language)
        if isinstance(field, fields.Month | fields.Months):
            months = value if isinstance(value, list) else [value]
            return ", ".join(month_name(each, self.language) for each in months)
        if isinstance(field, fields.Day):
            return long_date(value, self.language)
        if value is True:
            return self.t["is_so"]
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class _Contribution(Question):
    """A question about contributions: a month, and whatever its segment asks."""

    def usual(self) -> dict[str, str]:
        return {"bulan": f"{self.today:%Y-%m}", "jumlah": "1"}

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].widget.choices = choices

    def _named(self, rows: Any, key: str) -> list[tuple[str, str]]:
        """Choices from a table of the law, named in the reader's language."""
        return [
            (
                str(row[key]),
                self.t.get(f"funder_{row[key]}")
                or capital(Words(row["name"], row["english"]).say(self.language)),
            )
            for row in rows
        ]


class Bpu(_Contribution):
    penghasilan = fields.Rupiah("income", required=True)
    pekerjaan = fields.Choice("sector", required=True)
    dana = fields.Choice("funder", required=True)
    bulan = fields.Month("month", required=True)
    jumlah = fields.Count("months", required=True)
    jht = fields.Tick("jht")

    def prepare(self) -> None:
        self._choices("pekerjaan", [(code, self.t[f"sector_{code}"]) for code in SECTORS])
        self._choices("dana", self._named(parameter("bpu.funders").latest.rows, "code"))

    def usual(self) -> dict[str, str]:
        least = base_income(self.today, 1)
        chosen = {"pekerjaan": "other", "dana": "self"}
        return super().usual() | chosen | {"penghasilan": typed(least, self.language)}

    def ask(self, given: dict[str, Any]) -> Contribution:
        programs = ("jkk", "jkm", *(["jht"] if given["jht"] else []))
        return bpu_contribution(
            given["bulan"],
            given["penghasilan"],
            given["pekerjaan"],
            given["dana"],
            programs,
            given["jumlah"],
        )


class Pu(_Contribution):
    more = ("program", "pekerjaan", "dana")
    upah = fields.Rupiah("wage", required=True)
    risiko = fields.Choice("risk", required=True)
    usaha = fields.Choice("size", required=True)
    bulan = fields.Month("month", required=True)
    jumlah = fields.Count("months", required=True)
    program = fields.Choice("programs")
    pekerjaan = fields.Choice("sector", required=True)
    dana = fields.Choice("funder", required=True)

    def prepare(self) -> None:
        risks = parameter("pu.jkk-rates").latest.rows
        named = self._named(risks, "risk_class")
        self._choices("risiko", [(code, f"{code} · {name}") for code, name in named])
        sizes = parameter("pu.mandatory-programs").latest.rows
        self._choices("usaha", self._named(sizes, "firm_size"))
        packages = ["jkk,jkm", "jkk,jkm,jht", "jkk,jkm,jht,jp", "jkk,jkm,jht,jp,jkp"]
        written = [(each, each.upper().replace(",", ", ")) for each in packages]
        self._choices("program", [("", self.t["programs_default"]), *written])
        self._choices("pekerjaan", [(code, self.t[f"sector_{code}"]) for code in PU_SECTORS])
        self._choices("dana", self._named(parameter("pu.funders").latest.rows, "code"))

    def usual(self) -> dict[str, str]:
        chosen = {"risiko": "1", "usaha": "large", "pekerjaan": "other", "dana": "employer"}
        return super().usual() | chosen

    def ask(self, given: dict[str, Any]) -> Contribution:
        risk, programs = given["risiko"], given["program"]
        return pu_contribution(
            given["bulan"],
            given["upah"],
            int(risk) if risk.isascii() and risk.isdigit() else risk,
            given["usaha"],
            programs.split(",") if programs else None,
            given["dana"],
            given["pekerjaan"],
            given["jumlah"],
        )


class Jakon(_Contribution):
    more = ("upah", "spk")
    nilai = fields.Rupiah("value")
    ppn = fields.Tick("ppn")
    lama = fields.Count("contract")
    bulan = fields.Month("month_one", required=True)
    upah = fields.Rupiah("all_wages")
    spk = fields.Day("order")

    def ask(self, given: dict[str, Any]) -> Contribution:
        return jakon_contribution(
            given["bulan"], given["nilai"], given["upah"], given["ppn"], given["lama"], given["spk"]
        )

    def field_of(self, error: LawError) -> str | None:
        about_order = error.values.get("day") == self.cleaned_data.get("spk") is not None
        return "spk" if about_order else super().field_of(error)


class Pmi(_Contribution):
    lama = fields.Count("contract_abroad", required=True)
    jalur = fields.Choice("route", required=True)
    bulan = fields.Month("month_one", required=True)

    def prepare(self) -> None:
        routes = ("placement", "individual")
        self._choices("jalur", [(code, self.t[f"route_{code}"]) for code in routes])

    def usual(self) -> dict[str, str]:
        return super().usual() | {"lama": "24", "jalur": "placement"}

    def ask(self, given: dict[str, Any]) -> Contribution:
        return pmi_contribution(given["bulan"], given["lama"], given["jalur"])


SEGMENTS: dict[str, type[Question]] = {"bpu": Bpu, "pu": Pu, "jakon": Jakon, "pmi": Pmi}


_LONGEST = 60  # years: longer than anybody works, short enough for a page open to everybody


class CoverQuestion(Question):
    """The months that were paid, as a range and as ticks, and the day asked about."""

    more = ("terbit",)
    dari = fields.Month("paid_from")
    sampai = fields.Month("paid_until")
    lain = fields.Months("paid_also")
    pada = fields.Day("covered_on", required=True)
    terbit = fields.Day("registered")

    def prepare(self) -> None:
        self.fields["dari"].is_alone = self.fields["sampai"].is_alone = False
        self.fields["lain"].widget = forms.MultipleHiddenInput()

    def usual(self) -> dict[str, str]:
        return {"pada": f"{self.today:%Y-%m-%d}"}

    @property
    def years(self) -> list[dict[str, Any]]:
        """The months one can tick, newest year first; older and coming ones folded away."""
        ticked = set(self.data.getlist("lain")) if self.is_bound else set()
        seen = {int(text[:4]) for text in ticked if text[:4].isdecimal()}
        first = parameter("bpu.start").values[0].since.year
        span = range(self.today.year + 1, first - 1, -1)
        return [
            {
                "year": year,
                "open": year == self.today.year or year in seen,
                "months": [
                    {
                        "value": f"{year}-{month:02}",
                        "name": month_name(date(year, month, 1), self.language),
                        "short": month_name(date(year, month, 1), self.language)[:3],
                        "ticked": f"{year}-{month:02}" in ticked,
                    }
                    for month in range(1, 13)
                ],
            }
            for year in span
        ]

    def ask(self, given: dict[str, Any]) -> Cover:
        first, last = given["dari"], given["sampai"]
        if (first is None) is not (last is None):
            raise forms.ValidationError(
                {"sampai" if last is None else "dari": self.t["range_half"]}
            )
        if first and last and last < first:
            raise forms.ValidationError({"sampai": self.t["range_wrong"]})
        if first and last and last.year - first.year >= _LONGEST:
            raise forms.ValidationError({"sampai": self.t["range_long"]})
        months = list(given["lain"])
        while first and last and first <= last:
            months.append(first)
            first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        if not months:
            raise forms.ValidationError({"dari": self.t["nothing_ticked"]})
        return cover(months, given["pada"], given["terbit"])


def flat(choices: Any) -> list[tuple[str, str]]:
    """The choices of a select without their groups."""
    pairs: list[tuple[str, str]] = []
    for code, name in choices:
        pairs += flat(name) if isinstance(name, list | tuple) else [(str(code), str(name))]
    return pairs

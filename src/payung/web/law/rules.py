"""Every rule in force as a reader sees it: by subject, with its value, days, article and table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from payung.law import Dated, Parameter, Source, Words, parameter
from payung.web.law.showing import Teller

_INDONESIAN = {"name", "note", "why"}
_ENGLISH = {"english", "note_english", "why_english"}
_MONEY = {"amount", "base", "cap", "from_income", "above"}
_PERCENT = {"percent", "jkk", "jkm", "rate", "surcharge"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One parameter as it stands on a day; `table` has its heads and rows."""

    id: str
    name: str
    value: str
    valid: str
    note: str
    source: str
    verified: bool
    table: tuple[list[str], list[list[str]]] | None


class RuleTeller(Teller):
    """Everything in force, by subject."""

    def rules(self, found: Mapping[str, Dated]) -> dict[str, Any]:
        every = [(parameter(each), dated) for each, dated in found.items()]
        subjects = groupby(every, lambda pair: Words(pair[0].subject, pair[0].subject_english))
        told = [
            (subject.say(self.language), [self._rule(each, dated) for each, dated in members])
            for subject, members in subjects
        ]
        return {
            "count": self.say("in_force", count=len(found)),
            "seen": self.say("seen", seen=sum(each.verified for each in found.values())),
            "subjects": [
                (subject, self.say("rule_count", count=len(rules)), rules)
                for subject, rules in told
            ],
        }

    def _rule(self, each: Parameter, dated: Dated) -> Rule:
        since, until = self.day(dated.since), dated.until
        key = "valid_until" if until else "valid_since"
        valid = self.say(key, since=since, until=self.day(until) if until else "")
        is_table = each.unit == "table"
        return Rule(
            each.id,
            Words(each.description, each.english).say(self.language),
            self._value(each.unit, dated),
            valid,
            Words(dated.note, dated.note_english).say(self.language),
            str(dated.source),
            dated.verified,
            self._table(each.columns, dated) if is_table else None,
        )

    def _value(self, unit: str, dated: Dated) -> str:
        match unit:
            case "rupiah":
                return self.money(dated.integer)
            case "percent" | "rate":
                return self.rate(f"{dated.value}%")
            case "text":
                return dated.words.say(self.language)
            case "relief":
                return self._relief(dated.value)
            case "table":
                return self.say("rows", count=len(dated.rows))
            case _:
                return self.say(f"unit_{unit}", count=dated.value)

    def _relief(self, value: Mapping[str, Any]) -> str:
        parts = [f"{value['percent']}%"]
        for key in ("programs", "excluded", "silent"):
            if value.get(key):
                written = ", ".join(each.upper() for each in value[key])
                parts.append(f"{self.t[f'relief_{key}']} {written}")
        return "; ".join(parts)

    def _table(self, columns: Iterable[str], dated: Dated) -> tuple[list[str], list[list[str]]]:
        other = {
            Words("name", "english"),
            Words("note", "note_english"),
            Words("why", "why_english"),
        }
        hidden = {pair.en if self.language == "id" else pair.id for pair in other}
        used = [
            each
            for each in columns
            if each not in hidden and any(each in row for row in dated.rows)
        ]
        heads = [self.t[f"column_{each}"] for each in used]
        return heads, [[self._cell(each, row.get(each)) for each in used] for row in dated.rows]

    def _cell(self, column: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.t["is_so" if value else "is_not"]
        if isinstance(value, Mapping):
            return (
                str(Source(**value))
                if "article" in value
                else "; ".join(f"{key} {each}" for key, each in value.items())
            )
        if isinstance(value, list):
            return ", ".join(str(each) for each in value)
        if column in _MONEY and isinstance(value, int):
            return self.money(value)
        if column in _PERCENT:
            return self.rate(f"{value}%")
        return str(value)

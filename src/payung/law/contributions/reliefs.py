"""Which relief holds for a contribution month, segment, sector and source of money.

The reliefs stand in `parameters/reliefs.yaml`, one series for each segment and sector. Each value
says the percentage off, for which programmes, which money is excluded by name, and about which
money it is silent: there the full amount is taken and the step says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.law.contributions.model import Reason, because, in_capitals
from payung.law.parameters import Dated, parameter
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class Relief:
    """`percent` off for each of `programs`; `reason` says why so much or why nothing."""

    percent: int
    programs: tuple[str, ...]
    dated: Dated
    reason: Reason

    def off(self, program: str) -> int:
        """Percent off for a programme; the others are never discounted."""
        return self.percent if program in self.programs else 0


def relief(series: str, month: date, payer: Mapping[str, Any], sector: str = "other") -> Relief:
    """The relief of a month; `series` names the parameter, `payer` is a row of funders.

    Raises LawError for a month before the first rule.
    """
    dated = parameter(series).at(month)
    percent = int(dated.value["percent"])
    programs = tuple(dated.value["programs"])
    values: dict[str, Any] = {
        "sector": sector,
        "funder": payer["code"],
        "payer": Words(payer["name"], payer["english"]),
    }
    if percent == 0:
        return Relief(0, (), dated, because(dated, "relief.none", percent=0, **values))
    if payer["counts_as"] in dated.value["excluded"]:
        return Relief(0, (), dated, because(dated, "relief.excluded", percent=0, **values))
    if payer["counts_as"] in dated.value["silent"]:
        values |= {"percent": 0, "silent": True}
        return Relief(0, (), dated, because(dated, "relief.silent", verified=False, **values))
    values |= {"percent": percent, "programs": in_capitals(programs)}
    return Relief(percent, programs, dated, because(dated, "relief.given", **values))

"""What a migrant worker (PMI) pays for JKK and JKM, by length of the work contract."""

from datetime import date
from typing import Literal

from payung.law.contributions.model import LONGEST, Contribution, because, line, steps_of
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import parameter

ROUTES = ("placement", "individual")
PACKAGE = "jkk+jkm"


def pmi_contribution(
    month: date,
    contract_months: int,
    route: Literal["placement", "individual"] = "placement",
) -> Contribution:
    """JKK and JKM of a migrant worker for the whole contract, in whole rupiah.

    `month`: any day of the month of registration, from 22 February 2023. `contract_months`: the
    length of the work contract, 6 to 120; what goes beyond 6, 12 or 24 months is paid by the
    month. `route`: "placement" (through a Pelaksana Penempatan, cover before work included) or
    "individual". One line for each part, for JKK and JKM together; JHT is a choice and not in it.
    Raises LawError for a month before the rule, a shorter or impossible contract or an unknown
    route. Source: Permenaker 4/2023 Ps 18.
    """
    if route not in ROUTES:
        raise LawError("pmi.unknown-route", route=route, known=ROUTES)
    during = parameter("pmi.during").at(month)
    packages = {int(row["months"]): int(row["amount"]) for row in during.rows}
    if type(contract_months) is not int or not min(packages) <= contract_months <= LONGEST:
        raise LawError(
            "pmi.contract-months", months=contract_months, least=min(packages), longest=LONGEST
        )
    first = first_of_month(month)
    length = max(each for each in packages if each <= contract_months)
    beyond = contract_months - length
    amount = packages[length]
    lines, reasons = [], []
    if route == "placement":
        before = parameter("pmi.before").at(month)
        fixed = before.integer
        lines.append(line(first, PACKAGE, fixed, "tetap", fixed, (before,), "migrant"))
        reasons.append(because(before, "pmi.before", amount=fixed))
    lines.append(line(first, PACKAGE, amount, "tetap", amount, (during,), "migrant"))
    reasons.append(because(during, "pmi.during", count=length, amount=amount))
    if beyond:
        monthly = parameter("pmi.extension").at(month)
        each = monthly.integer
        rate = f"tetap × {beyond}"
        lines.append(line(first, PACKAGE, each, rate, each * beyond, (monthly,), "migrant"))
        reasons.append(
            because(monthly, "pmi.extension", count=beyond, each=each, amount=each * beyond)
        )
        dearer = [packages[size] for size in packages if contract_months < size]
        if any(price < amount + each * beyond for price in dearer):
            reasons.append(because(monthly, "pmi.longer-is-cheaper", verified=False))
    jht = parameter("pmi.jht-minimum").at(month)
    reasons.append(because(jht, "pmi.jht", amount=jht.integer))
    steps = steps_of([(first, reasons)])
    return Contribution(first, tuple(lines), sum(one.amount for one in lines), steps)

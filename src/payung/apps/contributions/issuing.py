"""What an invoice of a month holds, priced by the law; called by `services.issue` alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from payung.apps.contributions.models import Invoice
from payung.apps.db import bulk
from payung.law import Contribution, bpu_contribution, steps_as_data

# Cover active in the month, of people alive in it, neither paid nor on a standing invoice. Of one
# person covered under two records only the record that goes on is paid for.
_DUE = """
FROM enrolment_coverage c
JOIN workers_worker w ON w.id = c.worker_id
JOIN funding_fund f ON f.id = c.fund_id
{joins}
WHERE f.region_id = %s AND c.first_month <= %s AND c.last_month >= %s
  AND (w.died_on IS NULL OR w.died_on >= %s)
  AND NOT EXISTS (SELECT 1 FROM contributions_paidmonth p
                  WHERE p.worker_id = c.worker_id AND p.program = c.program AND p.month = %s)
  AND NOT (w.same_as_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM enrolment_coverage o WHERE o.worker_id = w.same_as_id AND o.program = c.program
    AND o.first_month <= %s AND o.last_month >= %s))
{invoiced}"""
# Asked by the invoices' ids: by month, a planner walks all invoices a worker ever had.
_NOT_INVOICED = """
  AND NOT EXISTS (SELECT 1 FROM contributions_invoiceline l WHERE l.invoice_id IN ({ids})
                  AND l.worker_id = c.worker_id AND l.program = c.program)
"""
_KINDS = "SELECT DISTINCT c.fund_id, f.kind, w.sector" + _DUE + "ORDER BY 1, 3"
_LINES = (
    """
INSERT INTO contributions_invoiceline
  (invoice_id, worker_id, coverage_id, program, base, rate, relief, amount)
SELECT v.column3, c.worker_id, c.id, c.program, v.column5, v.column6, v.column7, v.column8
"""
    + _DUE
    + "ORDER BY c.line_id, c.program"
)
_PRICED = (
    "JOIN (VALUES {prices}) AS v ON v.column1 = c.fund_id AND v.column2 = w.sector "
    "AND v.column4 = c.program"
)
_TOTALS = """
UPDATE contributions_invoice SET
  amount = (SELECT COALESCE(SUM(l.amount), 0) FROM contributions_invoiceline l
            WHERE l.invoice_id = contributions_invoice.id),
  workers = (SELECT COUNT(DISTINCT l.worker_id) FROM contributions_invoiceline l
             WHERE l.invoice_id = contributions_invoice.id)
WHERE id = %s
"""


@dataclass(frozen=True)
class Price:
    """What a month costs for workers of one sector paid by one fund."""

    fund_id: int
    sector: str
    contribution: Contribution


def prices(region_id: str, month: date) -> list[Price]:
    """The few different prices of a month, in order of fund; empty when nothing is due."""
    bulk.analyze("enrolment_coverage", "contributions_invoiceline", "contributions_paidmonth")
    statement = _KINDS.format(joins="", invoiced=_not_invoiced(region_id, month))
    with connection.cursor() as cursor:
        cursor.execute(statement, [region_id, *[month] * 4, month, month])
        kinds = cursor.fetchall()
    return [
        Price(fund_id, sector, bpu_contribution(month, sector=sector, funder=kind))
        for fund_id, kind, sector in kinds
    ]


def _not_invoiced(region_id: str, month: date) -> str:
    """The condition that leaves out what standing invoices of the month hold."""
    ids = Invoice.objects.standing().filter(region=region_id, month=month)
    known = ", ".join(str(number) for number in ids.values_list("pk", flat=True))
    return _NOT_INVOICED.format(ids=known) if known else ""


def as_data(found: Iterable[Price]) -> list[dict[str, Any]]:
    """The prices with the law's steps, as an invoice keeps them."""
    return [
        {
            "sector": price.sector,
            "amount": price.contribution.amount,
            "steps": steps_as_data(price.contribution.steps),
        }
        for price in found
    ]


def write_lines(
    region_id: str, month: date, found: Iterable[Price], invoices: dict[int, Invoice]
) -> None:
    """Both programmes' lines of all invoices in one statement, then each invoice's totals."""
    values: list[Any] = []
    for price in found:
        for line in price.contribution.lines:
            values += [price.fund_id, price.sector, invoices[price.fund_id].pk, line.program,
                       line.base, line.rate, line.relief, line.amount]  # fmt: skip
    row = "(" + ", ".join(["%s"] * 8) + ")"
    joins = _PRICED.format(prices=", ".join([row] * (len(values) // 8)))
    statement = _LINES.format(joins=joins, invoiced=_not_invoiced(region_id, month))
    bulk.execute(statement, [*values, region_id, *[month] * 4, month, month])
    bulk.analyze("contributions_invoiceline")
    for invoice in invoices.values():
        bulk.execute(_TOTALS, [invoice.pk])
        invoice.refresh_from_db(fields=["amount", "workers"])

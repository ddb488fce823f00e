"""The set-based writes of a branch's answer; called by `services.read_answer` alone."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import connection
from django.db.models import Count, QuerySet

from payung.apps.db import bulk
from payung.apps.db.months import add_months, first_day, months_between
from payung.apps.enrolment.answers import Answered
from payung.apps.enrolment.models import Answer, Batch, Line
from payung.law import bpu_contribution

_CHUNK = 2_000

_ACCEPT = """
UPDATE enrolment_line SET answer = 'accepted', answered_at = %s, starts_on = %s, kpj = v.column2
FROM (VALUES {values}) AS v WHERE enrolment_line.id = v.column1
"""
_REJECT = """
UPDATE enrolment_line
SET answer = 'rejected', answered_at = %s, reject_code = v.column2, reject_reason = v.column3
FROM (VALUES {values}) AS v WHERE enrolment_line.id = v.column1
"""
# the worker's own KPJ, one for life, even where the branch gave another
_COVER = """
INSERT INTO enrolment_coverage
  (worker_id, line_id, fund_id, program, kpj, first_month, last_month, ended_because)
SELECT l.worker_id, l.id, a.fund_id, p.column1, w.kpj, %s, a.last_month, ''
FROM enrolment_line l
JOIN funding_allocation a ON a.id = l.allocation_id
JOIN workers_worker w ON w.id = l.worker_id
CROSS JOIN (VALUES ('jkk'), ('jkm')) AS p
WHERE l.batch_id = %s AND l.answer = 'accepted' AND l.starts_on = %s
  AND NOT EXISTS (SELECT 1 FROM enrolment_coverage c WHERE c.line_id = l.id)
ORDER BY l.number, p.column1
"""


def write_answers(answers: Sequence[Answered], now: datetime) -> None:
    """Give each line its answer, a few thousand lines to a statement."""
    at = connection.ops.adapt_datetimefield_value(now)
    by_start = sorted((a for a in answers if a.starts_on), key=lambda a: (a.starts_on, a.line_id))
    for starts_on, group in groupby(by_start, key=lambda a: a.starts_on):
        _update(_ACCEPT, [at, starts_on], [(a.line_id, a.kpj) for a in group])
    rejected = [a for a in answers if a.verdict == Answer.REJECTED]
    _update(_REJECT, [at], [(a.line_id, a.code, a.reason) for a in rejected])


def _update(statement: str, first: list[object], rows: list[tuple[object, ...]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        marks = ", ".join(["(" + ", ".join(["%s"] * len(part[0])) + ")"] * len(part))
        values = [value for row in part for value in row]
        bulk.execute(statement.format(values=marks), [*first, *values])


def write_coverages(batch: Batch) -> None:
    """Cover of both programmes for every accepted line that has none yet."""
    starts: QuerySet[Line, date] = (
        batch.lines.filter(answer=Answer.ACCEPTED)
        .order_by()
        .values_list("starts_on", flat=True)
        .distinct()
    )
    for starts_on in starts:
        bulk.execute(_COVER, [first_day(starts_on), batch.pk, starts_on])
    bulk.analyze("enrolment_line", "enrolment_coverage")


def price_of_skipped_months(batch: Batch, accepted: QuerySet[Line]) -> int:
    """Rupiah reserved for months before the cover of these lines begins."""
    kinds = (
        accepted.order_by()
        .values_list("allocation__first_month", "starts_on", "worker__sector")
        .annotate(Count("pk"))
    )
    return sum(
        count * bpu_contribution(month, sector=sector, funder=batch.fund.kind).amount
        for first, starts_on, sector, count in kinds
        if first < first_day(starts_on)
        for month in months_between(first, add_months(first_day(starts_on), -1))
    )

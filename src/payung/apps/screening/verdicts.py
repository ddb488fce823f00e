"""From checks to verdicts: the ages, what a person decided before, and the sum of it all."""

from payung.apps.db import bulk
from payung.apps.screening.models import Check, Code, MatchedBy, Screening, Verdict
from payung.apps.screening.rules import first_birth_date_too_young, last_birth_date_too_old

_RULE_FIELDS = (
    "INSERT INTO screening_check "
    "(screening_id, worker_id, code, excludes, doubtful, matched_by, value, why, evidence) "
)
# what may put somebody out; the other codes only inform
_GROUNDS = [code for code in Code if code not in (Code.OURS, Code.DECILE)]
_LIVING = (
    "FROM workers_worker w WHERE w.died_on IS NULL AND w.same_as_id IS NULL "
    "AND w.region_id LIKE %s "
)


def apply_rules(screening: Screening) -> None:
    """Check every birth date against the law's ages; an unknown one is to be made sure of."""
    inside = f"{screening.region_id}%"
    for code, condition, day in (
        (Code.AGE_LIMIT, "w.birth_date <= %s", last_birth_date_too_old(screening.on)),
        (Code.AGE_MINIMUM, "w.birth_date >= %s", first_birth_date_too_young(screening.on)),
    ):
        bulk.execute(
            f"{_RULE_FIELDS} SELECT %s, w.id, %s, TRUE, FALSE, %s, '', '', '[]' {_LIVING} "
            f"AND {condition}",
            [screening.pk, code.value, MatchedBy.RULE.value, inside, day],
        )
    bulk.execute(
        f"{_RULE_FIELDS} SELECT %s, w.id, %s, FALSE, TRUE, %s, '', '', '[]' {_LIVING} "
        "AND w.birth_date IS NULL",
        [screening.pk, Code.BIRTH_DATE.value, MatchedBy.RULE.value, inside],
    )


def carry_over_decisions(screening: Screening) -> None:
    """What a person once decided of a worker and an entry holds in later runs too.

    It holds for whoever stands under the same NIK, name and birth date in another reference;
    without a NIK only in one of the same kind.
    """
    decided = (
        "SELECT {columns} FROM screening_check d "
        "JOIN screening_referenceentry said ON said.id = d.entry_id "
        "JOIN screening_referenceentry e ON e.id = screening_check.entry_id "
        "WHERE d.worker_id = screening_check.worker_id AND d.decided_by_id IS NOT NULL "
        "AND d.screening_id <> %s AND (said.id = e.id OR (said.nik = e.nik "
        "AND said.name_key = e.name_key AND said.birth_date IS NOT DISTINCT FROM e.birth_date "
        "AND (e.nik <> '' OR d.code = screening_check.code)))"
    )
    newest = decided.format(columns="{column}") + " ORDER BY d.decided_at DESC LIMIT 1"
    sets = ", ".join(
        f"{column} = ({newest.format(column='d.' + column)})"
        for column in ("excludes", "decided_by_id", "decided_at")
    )
    bulk.execute(
        f"UPDATE screening_check SET {sets}, doubtful = FALSE "  # noqa: S608
        f"WHERE screening_id = %s AND doubtful AND code <> '{Code.DECILE.value}' "
        f"AND EXISTS ({decided.format(columns='1')})",
        [screening.pk] * 5,
    )
    bulk.execute(
        "UPDATE screening_check SET doubtful = FALSE WHERE screening_id = %s AND doubtful "
        "AND EXISTS (SELECT 1 FROM screening_check d WHERE d.screening_id = %s AND d.excludes "
        "AND d.worker_id = screening_check.worker_id AND d.code = screening_check.code)",
        [screening.pk] * 2,
    )


def conclude(screening: Screening) -> None:
    """Write the verdicts from the checks, and the run's sums."""
    reasons = " || ".join(
        f"COALESCE(MAX(CASE WHEN c.code = '{code.value}' AND (c.excludes OR c.doubtful) "
        f"THEN '{code.value} ' END), '')"
        for code in _GROUNDS
    )
    bulk.analyze("screening_check")
    bulk.execute(
        "INSERT INTO screening_verdict "  # noqa: S608  only our own codes
        "(screening_id, worker_id, eligible, doubtful, decile, reasons) "
        "SELECT %s, w.id, COALESCE(MAX(CASE WHEN c.excludes THEN 1 ELSE 0 END), 0) = 0, "
        f"COALESCE(MAX(CASE WHEN c.doubtful AND c.code <> '{Code.DECILE.value}' "
        "THEN 1 ELSE 0 END), 0) = 1, "
        f"MAX(CASE WHEN c.code = '{Code.DECILE.value}' AND NOT c.doubtful "
        "THEN CAST(c.value AS integer) END), "
        f"TRIM({reasons}) "
        "FROM workers_worker w "
        "LEFT JOIN screening_check c ON c.worker_id = w.id AND c.screening_id = %s "
        "WHERE w.died_on IS NULL AND w.same_as_id IS NULL AND w.region_id LIKE %s GROUP BY w.id",
        [screening.pk, screening.pk, f"{screening.region_id}%"],
    )
    _sum_up(screening)


def _sum_up(screening: Screening) -> None:
    verdicts = Verdict.objects.filter(screening=screening)
    screening.workers = verdicts.count()
    screening.eligible = verdicts.filter(eligible=True).count()
    screening.doubtful = verdicts.filter(eligible=True, doubtful=True).count()
    screening.save(update_fields=["workers", "eligible", "doubtful"])


def judge_again(check: Check) -> None:
    """One worker's verdict anew, and the run's sums, after a check of theirs was settled."""
    verdict = Verdict.objects.get(screening=check.screening_id, worker=check.worker_id)
    checks = list(Check.objects.filter(screening=check.screening_id, worker=check.worker_id))
    verdict.eligible = not any(each.excludes for each in checks)
    verdict.doubtful = any(each.doubtful and each.code != Code.DECILE for each in checks)
    verdict.reasons = " ".join(
        code.value
        for code in _GROUNDS
        if any(each.code == code and (each.excludes or each.doubtful) for each in checks)
    )
    verdict.save(update_fields=["eligible", "doubtful", "reasons"])
    _sum_up(check.screening)

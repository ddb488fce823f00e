"""Who is kept out of a batch because they may be somebody else who is covered."""

from collections.abc import Collection
from datetime import date

from payung.apps.db import bulk
from payung.apps.enrolment.models import Answer, Batch, Coverage, Line
from payung.apps.funding import doubles

ALIAS = "orang yang sama dengan pekerja lain"
_ABOVE = 2**24  # no line has such a number


def held_back(
    chosen: Collection[int], *, region_id: str, start: date, batch: Batch | None = None
) -> dict[int, str]:
    """Of the workers chosen for a batch those who have to wait, with the reason.

    As in a plan, and whoever may be one with somebody who is covered from `start` on or waits in
    another batch already waits, in whatever order the two were registered.
    """

    def enrolled(ids: Collection[int]) -> set[int]:
        lines = Line.objects.filter(worker__in=ids, answer=Answer.WAITING)
        covered = Coverage.objects.filter(worker__in=ids, last_month__gte=start)
        return {
            *lines.exclude(batch=batch).values_list("worker_id", flat=True),
            *covered.values_list("worker_id", flat=True),
        }

    return doubles.held_back(chosen, region_id=region_id, first_month=start, enrolled=enrolled)


def waiting_in(batch: Batch) -> dict[int, str]:
    """The workers of a batch not yet exported who would be taken out of it, with the reason."""
    lines = Line.objects.filter(batch=batch).order_by()
    aliases = lines.filter(worker__same_as__isnull=False).values_list("worker_id", flat=True)
    chosen = list(lines.values_list("worker_id", flat=True))
    held = held_back(chosen, region_id=batch.region_id, start=batch.start_month, batch=batch)
    return held | dict.fromkeys(aliases, ALIAS)


def take_out(batch: Batch) -> list[int]:
    """Take them out, part of the export: their months go to no batch yet. Returns the workers."""
    held = sorted(waiting_in(batch))
    if held:
        Line.objects.filter(batch=batch, worker__in=held).delete()
        batch.lines_count = batch.lines.count()
        batch.save(update_fields=["lines_count"])
        bulk.execute(
            "UPDATE enrolment_line SET number = number + %s WHERE batch_id = %s", [_ABOVE, batch.pk]
        )
        bulk.execute(
            "UPDATE enrolment_line SET number = n.place FROM (SELECT id, ROW_NUMBER() "
            "OVER (ORDER BY number) AS place FROM enrolment_line WHERE batch_id = %s) AS n "
            "WHERE n.id = enrolment_line.id",
            [batch.pk],
        )
    return held

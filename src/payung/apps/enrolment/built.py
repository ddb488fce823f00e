"""What enrolment has built on workers: their cover, and lines that BPJS has not answered yet."""

from collections.abc import Collection, Mapping

from django.db.models import Max

from payung.apps.db.months import first_day, today
from payung.apps.enrolment.models import Answer, BatchState, Coverage, Line
from payung.apps.workers.aliases import Built
from payung.identity import mask_nik

_RUNNING, _PAST = 100, 10  # a record whose cover runs goes on, whatever the others have


def built(ids: Collection[int]) -> Mapping[int, Built]:
    """For workers that were put in a batch: how much, when last, and what is still awaited."""
    lines = Line.objects.filter(worker__in=ids).order_by()
    made = dict(lines.values_list("worker").annotate(Max("batch__made_at")))
    answered = dict(lines.values_list("worker").annotate(Max("answered_at")))
    until = dict(
        Coverage.objects.filter(worker__in=ids)
        .order_by()
        .values_list("worker")
        .annotate(Max("last_month"))
    )
    sent = lines.filter(answer=Answer.WAITING, batch__state__in=(BatchState.READY, BatchState.SENT))
    awaited = {
        worker: f"NIK {mask_nik(nik)} masih menunggu jawaban BPJS dalam gelombang {number}; "
        "putuskan setelah jawabannya dicatat."
        for worker, nik, number in sent.values_list("worker", "nik", "batch__number")
    }
    month = first_day(today())
    found = {}
    for worker, at in made.items():
        weight = 0
        if worker in until:
            weight = _RUNNING if until[worker] >= month else _PAST
        found[worker] = Built(weight, max(at, answered[worker] or at), awaited.get(worker, ""))
    return found

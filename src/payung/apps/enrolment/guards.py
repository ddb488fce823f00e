from payung.apps.db.guards import Guard, Unfit, first_of_month

_OVERLAP = (
    "EXISTS (SELECT 1 FROM enrolment_coverage c WHERE c.worker_id = NEW.worker_id "
    "AND c.program = NEW.program AND {other} c.first_month <= NEW.last_month "
    "AND c.last_month >= NEW.first_month)"
)

GUARDS = [
    Unfit(
        "line_of_a_person",
        "enrolment_line",
        "worker_id",
        "workers_worker",
        "p.same_as_id IS NOT NULL",
        "an alias is not covered again, but the worker whose alias it is",
    ),
    Guard(
        "coverage_no_overlap_new",
        "enrolment_coverage",
        ("INSERT",),
        _OVERLAP.format(other=""),
        "a worker is covered once per programme and month",
    ),
    Guard(
        "coverage_no_overlap_changed",
        "enrolment_coverage",
        ("UPDATE",),
        _OVERLAP.format(other="c.id <> NEW.id AND"),
        "a worker is covered once per programme and month",
    ),
    first_of_month("enrolment_coverage", "first_month"),
    first_of_month("enrolment_coverage", "last_month"),
    Guard(
        "line_answers_once",
        "enrolment_line",
        ("UPDATE",),
        "OLD.answer <> 'waiting' AND NEW.answer <> OLD.answer",
        "a line answers once",
    ),
    Guard(
        "plan_with_a_batch_stays",
        "funding_plan",
        ("UPDATE",),
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' "
        "AND EXISTS (SELECT 1 FROM enrolment_batch b WHERE b.plan_id = NEW.id)",
        "a plan with an enrolment batch is not cancelled",
    ),
]

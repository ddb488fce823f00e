from payung.apps.db.guards import Unfit, append_only, first_of_month

GUARDS = [
    Unfit(
        "allocation_of_a_person",
        "funding_allocation",
        "worker_id",
        "workers_worker",
        "p.same_as_id IS NOT NULL",
        "an alias is not covered again, but the worker whose alias it is",
    ),
    append_only("funding_entry"),
    first_of_month("funding_allocation", "first_month"),
    first_of_month("funding_allocation", "last_month"),
]

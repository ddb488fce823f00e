from payung.apps.db.guards import append_only, first_of_month

GUARDS = [
    append_only("funding_entry"),
    first_of_month("funding_allocation", "first_month"),
    first_of_month("funding_allocation", "last_month"),
]

from payung.apps.db.guards import append_only, first_of_month

GUARDS = [
    append_only("contributions_payment"),
    append_only("contributions_paidmonth"),
    first_of_month("contributions_invoice", "month"),
    first_of_month("contributions_paidmonth", "month"),
]

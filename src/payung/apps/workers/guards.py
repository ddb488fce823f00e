from payung.apps.db.guards import Reference

GUARDS = [
    Reference("workers_worker", "region_id", "regions_region", "code"),
    Reference("workers_source", "worker_id", "workers_worker"),
    Reference("workers_source", "organisation_id", "accounts_organisation"),
]

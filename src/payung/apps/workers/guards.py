from payung.apps.db.guards import Guard, Reference

GUARDS = [
    # workers are made without one, in bulk
    Guard(
        "worker_alias_of_a_person",
        "workers_worker",
        ("UPDATE OF same_as_id",),
        "NEW.same_as_id IS NOT NULL AND (EXISTS (SELECT 1 FROM workers_worker s "
        "WHERE s.id = NEW.same_as_id AND s.same_as_id IS NOT NULL) "
        "OR EXISTS (SELECT 1 FROM workers_worker a WHERE a.same_as_id = NEW.id))",
        "an alias is that of a person, and has none itself",
    ),
    Reference("workers_worker", "region_id", "regions_region", "code"),
    Reference("workers_source", "worker_id", "workers_worker"),
    Reference("workers_source", "organisation_id", "accounts_organisation"),
]

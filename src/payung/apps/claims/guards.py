from payung.apps.db.guards import Guard

GUARDS = [
    Guard(
        "claimed_death_stays",
        "workers_worker",
        ("UPDATE OF died_on",),
        "NEW.died_on IS NULL AND OLD.died_on IS NOT NULL AND EXISTS (SELECT 1 FROM claims_claim c "
        "WHERE c.worker_id = NEW.id AND c.kind IN ('jkm', 'jkk_death') "
        "AND c.state IN ('filed', 'paid'))",
        "a worker whose death was claimed for is dead",
    ),
]

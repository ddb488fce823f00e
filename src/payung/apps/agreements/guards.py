from payung.apps.db.guards import Guard

GUARDS = [
    Guard(
        "pks_inside_mou",
        "agreements_agreement",
        ("INSERT", "UPDATE"),
        "NEW.parent_id IS NOT NULL AND EXISTS (SELECT 1 FROM agreements_agreement p "
        "WHERE p.id = NEW.parent_id AND (NEW.starts_on < p.starts_on OR NEW.ends_on > p.ends_on))",
        "an agreement lies inside its parent's dates",
    )
]

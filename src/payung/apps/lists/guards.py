from payung.apps.db.guards import Guard

GUARDS = [
    Guard(
        "row_as_sent",
        "lists_row",
        ("UPDATE OF cells",),
        "CAST(NEW.cells AS text) <> CAST(OLD.cells AS text)",
        "a row's cells stay as sent",
    )
]

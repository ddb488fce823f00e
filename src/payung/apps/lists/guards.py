from payung.apps.db.guards import Guard, Reference
from payung.apps.workers.models import PERSON_COLUMNS

# the keys follow from what is said, and are made anew when the rules of names change
_SAID = [name for name in PERSON_COLUMNS if name not in ("name_key", "match_key")]

GUARDS = [
    Guard(
        "row_as_sent",
        "lists_row",
        ("UPDATE OF cells",),
        "CAST(NEW.cells AS text) <> CAST(OLD.cells AS text)",
        "a row's cells stay as sent",
    ),
    # the registry's sources say what the row said when it was accepted
    Guard(
        "row_as_accepted",
        "lists_row",
        (f"UPDATE OF {', '.join(_SAID)}, kelurahan_text, region_id",),
        "OLD.fate IN ('new', 'joined')",
        "an accepted row keeps its values",
    ),
    # what a person decided is taken back, never lost
    Guard(
        "pair_decided_stays",
        "lists_pair",
        ("DELETE",),
        "OLD.decision <> ''",
        "a decided pair is a fact",
    ),
    Reference("lists_row", "sheet_id", "lists_sheet"),
    Reference("lists_row", "region_id", "regions_region", "code"),
    Reference("lists_row", "worker_id", "workers_worker"),
]

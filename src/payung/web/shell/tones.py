"""The colour of a status, by what it means to the reader; the word is always there too."""

from django.db.models import Model

_TONES = {
    "good": {
        "accepted",
        "active",
        "approved",
        "clean",
        "covered",
        "done",
        "eligible",
        "funded",
        "ok",
        "paid",
        "processed",
        "ready_to_pay",
        "settled",
        "signed",
        "valid",
        "verified",
        "yes",
    },
    "warn": {
        "candidate",
        "doubtful",
        "due",
        "draft",
        "late",
        "mapping",
        "needs_review",
        "open",
        "partial",
        "partly",
        "pending",
        "review",
        "submitted",
        "unclear",
        "waiting",
        "warned",
        "proposed",
        "undecided",
    },
    "bad": {
        "blocked",
        "broken",
        "cancelled",
        "dead",
        "failed",
        "ineligible",
        "overdue",
        "rejected",
        "refused",
        "unpaid",
    },
    "info": {
        "answered",
        "issued",
        "filed",
        "judged",
        "mapped",
        "new",
        "planned",
        "pledged",
        "read",
        "received",
        "ready",
        "reserved",
        "running",
        "sent",
        "staged",
    },
}
_TONE_OF = {state: tone for tone, states in _TONES.items() for state in states}


def tone_of(state: object) -> str:
    """good, warn, bad or info for the states the models use; plain for any other."""
    return _TONE_OF.get(str(state).lower(), "plain")


def status_of(thing: Model, field: str) -> tuple[str, str]:
    """The field's display word and its tone."""
    display = getattr(thing, f"get_{field}_display", None)
    state = getattr(thing, field)
    return (str(display()) if display else str(state)), tone_of(state)

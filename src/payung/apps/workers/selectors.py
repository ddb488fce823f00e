"""Finding workers, within what the actor may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.workers.models import KPJ_LENGTH, Source, Worker, WorkerQuerySet
from payung.apps.workers.sources import sources_of
from payung.identity import Occupations, name_key
from payung.sheets import FIELD_WORDS

# what a source may say of a worker, with its word: a list's fields, its places as one region
COMPARED = {
    "region" if field == "kelurahan" else field: word
    for field, word in FIELD_WORDS.items()
    if field != "kecamatan"
}


@dataclass(frozen=True)
class Difference:
    """A field for which a source says something else than the worker's own record."""

    field: str
    label: str
    own: Any
    said: Any
    source: Source


def workers(
    *,
    actor: Actor,
    text: str = "",
    region: str = "",
    occupation: str = "",
    sector: str = "",
    sender: Organisation | None = None,
    living: bool | None = None,
) -> WorkerQuerySet:
    """Workers the actor may see, each person once, by name.

    An alias is found by its own name or number, as the worker whose alias it is. text: part of a
    name, or digits: a whole NIK or KPJ, or how one begins or ends. region: code of a kecamatan or
    kelurahan. occupation: a code. sender: an office that listed them.
    """
    found = Worker.objects.visible_to(actor).persons().select_related("region", "region__parent")
    if text := " ".join(text.split()):
        named = _named(text)
        aliases = Worker.objects.filter(named, same_as__isnull=False)
        found = found.filter(named | Q(pk__in=aliases.order_by().values("same_as")))
    if region:
        found = found.filter(region__code__startswith=region)
    if occupation:
        found = found.filter(occupation=occupation)
    if sector:
        found = found.filter(sector=sector)
    if sender is not None:
        found = found.filter(
            Exists(Source.objects.filter(worker=OuterRef("pk"), organisation=sender))
        )
    if living is not None:
        found = found.filter(died_on__isnull=living)
    return found


def detail(*, actor: Actor) -> WorkerQuerySet:
    """Workers, aliases too, with all their sources, for one page."""
    sources = Source.objects.select_related("organisation").order_by("received_at", "id")
    found = Worker.objects.visible_to(actor).select_related("region", "region__parent", "same_as")
    return found.prefetch_related(Prefetch("sources", sources))


def differences(worker: Worker) -> list[Difference]:
    """What sources say otherwise than the worker's own record, oldest source first.

    Small letters for capitals, or one space for two, say nothing else.
    """
    own = {field: _plain(worker, field) for field in COMPARED}
    return [
        Difference(field, label, own[field], said, source)
        for source in sources_of(worker)
        for field, label in COMPARED.items()
        if (said := source.values.get(field)) not in (None, "")
        and folded(said) != folded(own[field])
    ]


def folded(value: Any) -> Any:
    """A text without its capitals and extra spaces, to be compared; anything else as it is."""
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def occupations(*, actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the occupations the visible workers have, by name."""
    codes = (
        Worker.objects.visible_to(actor).persons().order_by().values_list("occupation", flat=True)
    )
    known = Occupations.packaged().by_code
    named = [(code, known[code].name if code in known else code) for code in codes.distinct()]
    return sorted(((code, name) for code, name in named if code), key=lambda pair: pair[1])


def _named(text: str) -> Q:
    digits = text.replace(" ", "").replace(".", "").replace("-", "")
    if digits.isascii() and digits.isdigit():
        if len(digits) == 16:
            return Q(nik=digits)
        if len(digits) == KPJ_LENGTH:
            return Q(kpj=digits) | Q(nik__startswith=digits) | Q(nik__endswith=digits)
        return Q(nik__startswith=digits) | Q(nik__endswith=digits) | Q(kpj__startswith=digits)
    if len(text) == KPJ_LENGTH and any(sign.isdigit() for sign in text) and text.isalnum():
        return Q(kpj__iexact=text)
    named = Q(name__icontains=text)
    key = name_key(text)
    return named | Q(name_key__contains=key) if len(key) > 2 else named


def _plain(worker: Worker, field: str) -> Any:
    """The worker's value as a source writes it."""
    if field == "region":
        return worker.region_id
    value = getattr(worker, field)
    return value.isoformat() if isinstance(value, date) else value

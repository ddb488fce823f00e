"""Who may do what: one page an auditor can read.

An act is allowed when the actor's role stands in its row AND the thing acted upon lies within
the actor's reach (the scoped selectors see to that: what is out of reach is not found).
A maker never checks their own work; services of plans and payments hold to that as well.
"""

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Role
from payung.apps.errors import NotAllowed

_OPERATOR, _VERIFIER, _APPROVER = Role.OPERATOR, Role.VERIFIER, Role.APPROVER
_BRANCH, _SPONSOR, _AUDITOR, _ADMIN = (
    Role.BRANCH_OFFICER,
    Role.SPONSOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
_OFFICE = {_OPERATOR, _VERIFIER, _APPROVER, _ADMIN}
_ALL = set(Role)

ACTS: dict[str, set[Role]] = {
    # seeing
    "dashboard.view": _ALL,
    "coverage.view": _ALL,
    "agreements.view": _ALL - {_SPONSOR},
    "lists.view": _OFFICE | {_AUDITOR},
    "workers.view": _OFFICE | {_BRANCH, _AUDITOR},
    "screening.view": _OFFICE | {_BRANCH, _AUDITOR},
    "funding.view": _OFFICE | {_SPONSOR, _AUDITOR},
    "plans.view": _OFFICE | {_AUDITOR},
    "enrolment.view": _OFFICE | {_BRANCH, _AUDITOR},
    "contributions.view": _OFFICE | {_BRANCH, _SPONSOR, _AUDITOR},
    "claims.view": _OFFICE | {_BRANCH, _AUDITOR},
    "outreach.view": _OFFICE | {_SPONSOR, _AUDITOR},
    "audit.view": {_AUDITOR, _ADMIN},
    # doing
    "accounts.manage": {_ADMIN},
    "agreements.write": {_APPROVER, _ADMIN},
    "lists.upload": {_OPERATOR, _VERIFIER, _ADMIN},
    "lists.correct": {_OPERATOR, _VERIFIER, _ADMIN},
    "lists.accept": {_VERIFIER, _ADMIN},
    "workers.decide": {_VERIFIER, _ADMIN},
    "workers.correct": {_VERIFIER, _ADMIN},
    "workers.record_death": {_OPERATOR, _VERIFIER, _ADMIN},
    "workers.withdraw_death": {_VERIFIER, _ADMIN},
    "workers.export": {_VERIFIER, _ADMIN, _AUDITOR},
    "screening.load": {_VERIFIER, _BRANCH, _ADMIN},
    "screening.run": {_VERIFIER, _ADMIN},
    "funding.write": {_APPROVER, _ADMIN},
    "plans.make": {_VERIFIER, _ADMIN},
    "plans.approve": {_APPROVER},
    "enrolment.make": {_VERIFIER, _ADMIN},
    "enrolment.send": {_VERIFIER, _ADMIN},
    "enrolment.answer": {_VERIFIER, _BRANCH, _ADMIN},
    "contributions.invoice": {_VERIFIER, _ADMIN},
    "contributions.pay": {_APPROVER, _ADMIN},
    "claims.open": {_OPERATOR, _VERIFIER, _ADMIN},
    "claims.write": {_OPERATOR, _VERIFIER, _ADMIN},
    "claims.record_payment": {_VERIFIER, _BRANCH, _ADMIN},
    "outreach.write": {_OPERATOR, _VERIFIER, _ADMIN},
}

# What only the offices that lead a programme do: a kelurahan sends lists, opens claims, no more.
LEAD_ONLY: set[str] = {
    "agreements.write",
    "screening.load",
    "screening.run",
    "funding.write",
    "plans.view",
    "plans.make",
    "plans.approve",
    "enrolment.make",
    "enrolment.send",
    "enrolment.answer",
    "contributions.invoice",
    "contributions.pay",
    "outreach.write",
    "audit.view",
    "accounts.manage",
}
_LEADS = {Kind.CITY, Kind.LEAD, Kind.BRANCH, Kind.INSPECTORATE}

# The roles an administrator may give in an organisation; what sends lists has these two.
_SENDING = (_OPERATOR, _VERIFIER)
_ROLES_IN = {
    Kind.CITY: (*_SENDING, _APPROVER, _AUDITOR, _ADMIN),
    Kind.LEAD: (*_SENDING, _APPROVER, _AUDITOR, _ADMIN),
    Kind.INSPECTORATE: (_AUDITOR,),
    Kind.BRANCH: (_BRANCH,),
    Kind.COMPANY: (_SPONSOR,),
    Kind.FUND_BODY: (_SPONSOR,),
}


def roles_in(kind: Kind) -> tuple[Role, ...]:
    """The roles people of such an organisation can have."""
    return _ROLES_IN.get(kind, _SENDING)


def allows(actor: Actor, act: str) -> bool:
    """Whether the actor's role and kind of organisation permit the act. Unknown acts raise."""
    if actor.role not in ACTS[act]:
        return False
    return act not in LEAD_ONLY or actor.organisation.kind in _LEADS


def require(actor: Actor, act: str) -> None:
    """Raise NotAllowed unless the policy permits."""
    if not allows(actor, act):
        raise NotAllowed(
            f"Peran {actor.role.label} di {actor.organisation.name} tidak berhak melakukan ini. "
            f"Yang berhak: {_holders(act)}."
        )


def _holders(act: str) -> str:
    """Who may do it, in words: "Penyetuju di dinas pengampu atau …"."""
    roles = ", ".join(role.label for role in Role if role in ACTS[act])
    return f"{roles} di dinas pengampu atau pemerintah kota" if act in LEAD_ONLY else roles

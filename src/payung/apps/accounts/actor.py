"""Who acts: a person in a role in an organisation, and how far that reaches."""

from dataclasses import dataclass
from enum import Enum

from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User


class Reach(Enum):
    """What part of the records an organisation's people see."""

    REGION = "region"  # everything whose region lies in the organisation's own
    OWN = "own"  # only what the organisation itself sent
    FIGURES = "figures"  # no person at all, only numbers


_REACH = {
    Kind.CITY: Reach.REGION,
    Kind.LEAD: Reach.REGION,
    Kind.INSPECTORATE: Reach.REGION,
    Kind.KECAMATAN: Reach.REGION,
    Kind.KELURAHAN: Reach.REGION,
    Kind.BRANCH: Reach.REGION,
    Kind.OFFICE: Reach.OWN,
    Kind.ASSOCIATION: Reach.OWN,
    Kind.COMPANY: Reach.FIGURES,
    Kind.FUND_BODY: Reach.FIGURES,
}


@dataclass(frozen=True)
class Actor:
    """One membership at work. Build with `Actor.of(membership)`."""

    membership: Membership

    @classmethod
    def of(cls, membership: Membership) -> "Actor":
        return cls(membership)

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def region_code(self) -> str:
        """Code of the organisation's region; what it reaches starts with it."""
        return self.organisation.region_id

    @property
    def city_code(self) -> str:
        return self.region_code[:5]

    @property
    def reach(self) -> Reach:
        return _REACH[Kind(self.organisation.kind)]

"""Who is covered by which fund for which months: pure, by declared priorities."""

from payung.planning.allocate import plan
from payung.planning.terms import (
    DEFAULT_PRIORITIES,
    Allocation,
    Candidate,
    Fund,
    FundTotal,
    LeftOut,
    Months,
    PlanError,
    PlanResult,
    PlanWarning,
    Priority,
)

__all__ = [
    "DEFAULT_PRIORITIES",
    "Allocation",
    "Candidate",
    "Fund",
    "FundTotal",
    "LeftOut",
    "Months",
    "PlanError",
    "PlanResult",
    "PlanWarning",
    "Priority",
    "plan",
]

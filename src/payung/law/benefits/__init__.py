"""What is owed when a worker dies or has an accident, line by line with its article.

`benefit` answers any case; `jkm`, `jkk`, `scholarship` and `claiming` hold the parts, `heirs` who
is paid. What is payable at once stands in `lines`; what follows only after arrears are settled
stands in `later`, less `deduction` (Permenaker 5/2021 Ps 92, 98).
"""

from payung.law.benefits.care import CareKind, care_kinds
from payung.law.benefits.case import CASES, benefit
from payung.law.benefits.claiming import scholarship_claim, scholarship_transfer
from payung.law.benefits.disability import DisabilityKind, disability_code, disability_kinds
from payung.law.benefits.heirs import (
    HeirClass,
    Heirs,
    Payee,
    heir_relations,
    heirs,
    heirs_order,
)
from payung.law.benefits.jkk import disability_benefit, jkk_death_benefit, stmb_benefit
from payung.law.benefits.jkm import jkm_benefit, jkm_of_several_employers
from payung.law.benefits.model import Benefit, BenefitLine, SchoolYear
from payung.law.benefits.scholarship import Child, scholarship_benefit, scholarship_plan

__all__ = [
    "CASES",
    "Benefit",
    "BenefitLine",
    "CareKind",
    "Child",
    "DisabilityKind",
    "HeirClass",
    "Heirs",
    "Payee",
    "SchoolYear",
    "benefit",
    "care_kinds",
    "disability_benefit",
    "disability_code",
    "disability_kinds",
    "heir_relations",
    "heirs",
    "heirs_order",
    "jkk_death_benefit",
    "jkm_benefit",
    "jkm_of_several_employers",
    "scholarship_benefit",
    "scholarship_claim",
    "scholarship_plan",
    "scholarship_transfer",
    "stmb_benefit",
]

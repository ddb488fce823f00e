"""What cover costs in each of the four segments: BPU, PU, construction, migrant workers."""

from payung.law.contributions.bpu import SECTORS, base_income, bpu_contribution, due_date
from payung.law.contributions.jakon import jakon_contribution
from payung.law.contributions.model import (
    Contribution,
    ContributionLine,
    Instalment,
    program_words,
)
from payung.law.contributions.pmi import pmi_contribution
from payung.law.contributions.pu import PU_PROGRAMS, PU_SECTORS, pu_contribution

__all__ = [
    "PU_PROGRAMS",
    "PU_SECTORS",
    "SECTORS",
    "Contribution",
    "ContributionLine",
    "Instalment",
    "base_income",
    "bpu_contribution",
    "due_date",
    "jakon_contribution",
    "pmi_contribution",
    "program_words",
    "pu_contribution",
]

"""What the regulations say: dated parameters and the formulas over them.

Every amount comes from `parameters/*.yaml`, with regulation and article, and every answer carries
its steps. Pure: no database, no network, no clock; dates are arguments, money is whole rupiah.
"""

from payung.law.benefits import (
    Benefit,
    BenefitLine,
    jkk_death_benefit,
    jkm_benefit,
    stmb_benefit,
)
from payung.law.calendar import WorkingDay, national_holidays, working_day
from payung.law.claims import (
    Deadline,
    Document,
    HeirClass,
    claim_deadlines,
    claim_documents,
    claim_outcomes,
    heirs_order,
)
from payung.law.contributions import (
    SECTORS,
    Contribution,
    ContributionLine,
    base_income,
    bpu_contribution,
    due_date,
)
from payung.law.errors import LawError
from payung.law.files import LawFileError
from payung.law.membership import Cover, cover, cover_from_counts
from payung.law.money import rounded
from payung.law.parameters import (
    Dated,
    Parameter,
    Parameters,
    Source,
    all_parameters,
    parameter,
)
from payung.law.registering import (
    Eligibility,
    Refund,
    data_change_due,
    may_register,
    number_due,
    prepayment_lengths,
    refundable_months,
)
from payung.law.steps import Step, steps_as_data, steps_from_data
from payung.law.wording import Language, Words, long_date, month_name, percent, rupiah

__all__ = [
    "SECTORS",
    "Benefit",
    "BenefitLine",
    "Contribution",
    "ContributionLine",
    "Cover",
    "Dated",
    "Deadline",
    "Document",
    "Eligibility",
    "HeirClass",
    "Language",
    "LawError",
    "LawFileError",
    "Parameter",
    "Parameters",
    "Refund",
    "Source",
    "Step",
    "Words",
    "WorkingDay",
    "all_parameters",
    "base_income",
    "bpu_contribution",
    "claim_deadlines",
    "claim_documents",
    "claim_outcomes",
    "cover",
    "cover_from_counts",
    "data_change_due",
    "due_date",
    "heirs_order",
    "jkk_death_benefit",
    "jkm_benefit",
    "long_date",
    "may_register",
    "month_name",
    "national_holidays",
    "number_due",
    "parameter",
    "percent",
    "prepayment_lengths",
    "refundable_months",
    "rounded",
    "rupiah",
    "steps_as_data",
    "steps_from_data",
    "stmb_benefit",
    "working_day",
]

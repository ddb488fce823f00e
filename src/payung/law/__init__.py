"""What the regulations say of work insurance in Indonesia: asked in Python, answered with articles.

Every amount comes from `parameters/*.yaml`, with its days, regulation and article, and every
answer carries its steps. Pure: no database, no network, no clock. Dates are `datetime.date` and
always arguments, a month is any day in it, money is whole rupiah (`int`).

What a driver pays for November 2026, and who pays it makes a difference:

>>> from datetime import date
>>> from payung.law import LawError, benefit, bpu_contribution, cover, heirs_order
>>> from payung.law import parameter, pu_contribution
>>> bpu_contribution(date(2026, 11, 1), sector="transport", funder="apbd").amount
16800
>>> paid_by_himself = bpu_contribution(date(2026, 11, 1), sector="transport", funder="self")
>>> paid_by_himself.amount
8400
>>> [(line.program, line.relief, line.amount) for line in paid_by_himself.lines]
[('jkk', 5000, 5000), ('jkm', 3400, 3400)]

Every answer says why, in both languages, with its article and whether we have read that article
ourselves:

>>> step = paid_by_himself.steps[0]
>>> step.say("en")
'Base income Rp1,000,000 a month.'
>>> step.text == step.say("id") == "Dasar penghasilan Rp1.000.000 sebulan."
True
>>> step.rule, step.values["base"], step.source.regulation
('bpu.brackets', 1000000, 'PP 44/2015')

An employee's contribution is shared:

>>> wage_earner = pu_contribution(date(2026, 11, 1), 5_000_000, risk_class=3)
>>> wage_earner.amount, wage_earner.by_payer
(494500, {'employer': 344500, 'worker': 150000})

For what is a worker covered on a day, and what are the heirs owed?

>>> paid = [date(2026, month, 1) for month in range(1, 6)]
>>> answer = cover(paid, on=date(2026, 5, 20))
>>> answer.jkk, answer.jkm, answer.full_jkm_from, answer.lapses_on
('full', 'full', datetime.date(2026, 4, 1), datetime.date(2026, 9, 16))
>>> owed = benefit("death", date(2026, 5, 20), answer)
>>> owed.total, [(line.english, line.amount) for line in owed.lines][0]
(42000000, ('Lump sum', 20000000))
>>> [heir.english for heir in heirs_order()][0]
'Widow, widower or child'

A question the law cannot answer raises LawError, a ValueError whose text is one Indonesian
sentence; there is no guess:

>>> try:
...     bpu_contribution(date(2026, 11, 1), income=0)
... except LawError as error:
...     print(error.say("en"))
Income 0 cannot be counted; enter whole rupiah above zero.

A rule itself, on any day:

>>> wait = parameter("bpu.new-member-months")
>>> wait.at(date(2025, 2, 23)).integer, wait.at(date(2025, 2, 24)).integer
(0, 3)
>>> str(wait.at(date(2025, 2, 24)).source), wait.at(date(2025, 2, 24)).verified
('Permenaker 5/2021 jo. 1/2025 Pasal 97A', True)

A million workers at once: `payung.law.bulk`. How to add next year's values, and which function
answers what: docs/guides/hukum.md. All values: docs/law.md.
"""

from payung.law.benefits import (
    CASES,
    Benefit,
    BenefitLine,
    CareKind,
    Child,
    DisabilityKind,
    HeirClass,
    Heirs,
    Payee,
    SchoolYear,
    benefit,
    care_kinds,
    disability_benefit,
    disability_code,
    disability_kinds,
    heir_relations,
    heirs,
    heirs_order,
    jkk_death_benefit,
    jkm_benefit,
    jkm_of_several_employers,
    scholarship_benefit,
    scholarship_claim,
    scholarship_plan,
    scholarship_transfer,
    stmb_benefit,
)
from payung.law.calendar import WorkingDay, national_holidays, working_day
from payung.law.claims import (
    Channel,
    Deadline,
    Document,
    Late,
    claim_channels,
    claim_deadlines,
    claim_documents,
    claim_outcomes,
    late_compensation,
    outcome_words,
)
from payung.law.contributions import (
    PU_PROGRAMS,
    PU_SECTORS,
    SECTORS,
    Contribution,
    ContributionLine,
    Instalment,
    base_income,
    bpu_contribution,
    due_date,
    jakon_contribution,
    pmi_contribution,
    program_words,
    pu_contribution,
)
from payung.law.counting import CountedMonths, PaidMonth, counted_months
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
    AgeLimits,
    Eligibility,
    Refund,
    age_limits,
    data_change_due,
    may_register,
    number_due,
    prepayment_lengths,
    refundable_months,
)
from payung.law.steps import Step, steps_as_data, steps_from_data
from payung.law.wording import Language, Words, long_date, month_name, percent, rupiah

__all__ = [
    "CASES",
    "PU_PROGRAMS",
    "PU_SECTORS",
    "SECTORS",
    "AgeLimits",
    "Benefit",
    "BenefitLine",
    "CareKind",
    "Channel",
    "Child",
    "Contribution",
    "ContributionLine",
    "CountedMonths",
    "Cover",
    "Dated",
    "Deadline",
    "DisabilityKind",
    "Document",
    "Eligibility",
    "HeirClass",
    "Heirs",
    "Instalment",
    "Language",
    "Late",
    "LawError",
    "LawFileError",
    "PaidMonth",
    "Parameter",
    "Parameters",
    "Payee",
    "Refund",
    "SchoolYear",
    "Source",
    "Step",
    "Words",
    "WorkingDay",
    "age_limits",
    "all_parameters",
    "base_income",
    "benefit",
    "bpu_contribution",
    "care_kinds",
    "claim_channels",
    "claim_deadlines",
    "claim_documents",
    "claim_outcomes",
    "counted_months",
    "cover",
    "cover_from_counts",
    "data_change_due",
    "disability_benefit",
    "disability_code",
    "disability_kinds",
    "due_date",
    "heir_relations",
    "heirs",
    "heirs_order",
    "jakon_contribution",
    "jkk_death_benefit",
    "jkm_benefit",
    "jkm_of_several_employers",
    "late_compensation",
    "long_date",
    "may_register",
    "month_name",
    "national_holidays",
    "number_due",
    "outcome_words",
    "parameter",
    "percent",
    "pmi_contribution",
    "prepayment_lengths",
    "program_words",
    "pu_contribution",
    "refundable_months",
    "rounded",
    "rupiah",
    "scholarship_benefit",
    "scholarship_claim",
    "scholarship_plan",
    "scholarship_transfer",
    "steps_as_data",
    "steps_from_data",
    "stmb_benefit",
    "working_day",
]

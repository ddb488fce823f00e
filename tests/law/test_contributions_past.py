"""What was answered once for a past date is answered today: today's files may not change it.

An amount here changes only when a value turns out to have been wrong; then the note of that
parameter says so.
"""

from datetime import date

import pytest

from payung.law import (
    bpu_contribution,
    jakon_contribution,
    pmi_contribution,
    pu_contribution,
)

ALL = ("jkk", "jkm", "jht")


@pytest.mark.parametrize(
    ("month", "income", "sector", "funder", "programs", "amount"),
    [
        (date(2015, 7, 1), 1_000_000, "other", "self", ALL, 36_800),
        (date(2019, 12, 1), 3_500_000, "other", "apbd", ALL[:2], 41_300),
        (date(2020, 7, 1), 1_000_000, "other", "apbd", ALL[:2], 16_800),
        (date(2020, 8, 1), 1_000_000, "transport", "apbd", ALL, 20_168),
        (date(2021, 1, 1), 2_000_000, "other", "csr", ALL[:2], 268),
        (date(2021, 4, 1), 1_000_000, "other", "apbn", ALL[:2], 16_800),
        (date(2023, 6, 1), 25_000_000, "transport", "self", ALL, 627_800),
        (date(2025, 2, 1), 1_100_000, "other", "apbd", ALL[:2], 18_800),
        (date(2025, 12, 1), 1_000_000, "transport", "self", ALL[:2], 16_800),
        (date(2026, 1, 1), 1_000_000, "transport", "self", ALL[:2], 8_400),
        (date(2026, 3, 1), 1_000_000, "other", "csr", ALL[:2], 16_800),
        (date(2026, 4, 1), 1_000_000, "other", "csr", ALL, 28_400),
        (date(2026, 10, 1), 1_000_000, "other", "dbhcht", ALL[:2], 16_800),
        (date(2026, 11, 1), 1_000_000, "other", "baznas", ALL[:2], 16_800),
        (date(2026, 11, 1), 7_500_000, "transport", "sertakan", ALL, 189_650),
    ],
)
def test_bpu_of_a_past_month(month, income, sector, funder, programs, amount):
    assert bpu_contribution(month, income, sector, funder, programs).amount == amount


@pytest.mark.parametrize(
    ("month", "wage", "risk", "size", "sector", "employer", "worker"),
    [
        (date(2015, 7, 1), 8_000_000, 3, "large", "other", 531_200, 230_000),
        (date(2018, 3, 1), 9_000_000, 1, "medium", "other", 543_480, 260_940),
        (date(2020, 9, 1), 4_000_000, 5, "small", "other", 148_816, 80_000),
        (date(2021, 2, 1), 4_000_000, 5, "small", "other", 229_600, 80_000),
        (date(2022, 3, 1), 12_000_000, 2, "large", "other", 726_352, 330_776),
        (date(2025, 1, 1), 5_000_000, 4, "large", "labour-intensive", 363_500, 150_000),
        (date(2025, 6, 1), 5_000_000, 4, "large", "labour-intensive", 331_750, 150_000),
        (date(2026, 2, 1), 12_000_000, 1, "large", "other", 719_748, 345_474),
        (date(2026, 11, 1), 12_000_000, 1, "large", "other", 730_526, 350_863),
        (date(2026, 11, 1), 3_000_000, 1, "micro", "other", 16_200, 0),
    ],
)
def test_pu_of_a_past_month(month, wage, risk, size, sector, employer, worker):
    contribution = pu_contribution(month, wage, risk, size, sector=sector)
    paid = contribution.by_payer
    assert (paid["employer"], paid.get("worker", 0)) == (employer, worker)


@pytest.mark.parametrize(
    ("month", "value", "amount"),
    [
        (date(2016, 1, 1), 250_000_000, 525_000),
        (date(2020, 12, 1), 1_000_000_000, 17_500),
        (date(2022, 1, 1), 7_500_000_000, 9_050_000),
        (date(2026, 11, 1), 999_999_999, 1_750_000),
    ],
)
def test_construction_of_a_past_month(month, value, amount):
    assert jakon_contribution(month, contract_value=value).amount == amount


@pytest.mark.parametrize(
    ("month", "months", "amount"),
    [
        (date(2023, 3, 1), 6, 145_500),
        (date(2024, 9, 1), 36, 532_000),
        (date(2026, 11, 1), 12, 226_500),
    ],
)
def test_a_migrant_worker_of_a_past_month(month, months, amount):
    assert pmi_contribution(month, months).amount == amount

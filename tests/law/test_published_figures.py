"""Figures that others published, set beside what the law floor answers. Sources in each test.

Published too, and tested where their subject is: 42 and 10 million for a death, 70 million for a
death at work (test_benefits), 56 + 12 million for total disability (test_disability) and
174 million of scholarships for two children (test_scholarship).
"""

from datetime import date

import pytest

from payung.law import bpu_contribution, cover, jakon_contribution, jkm_benefit, pmi_contribution

NOVEMBER = date(2026, 11, 1)
A_YEAR = 12


def of_year(**arguments):
    return bpu_contribution(NOVEMBER, months=A_YEAR, **arguments).amount


def test_a_month_of_the_lowest_bracket_is_16_800_and_a_year_201_600():
    """bgnnews.co.id/amp/2788 and kiaton.kontan.co.id (21 November 2025): 10,000 + 6,800 a month.

    Twelve months are what regional budgets plan for one worker.
    """
    lines = bpu_contribution(NOVEMBER, income=1_000_000, funder="apbd").lines
    assert [line.amount for line in lines] == [10_000, 6_800]
    assert bpu_contribution(NOVEMBER, income=1_000_000, funder="apbd").amount == 16_800
    assert of_year(income=1_000_000, funder="apbd") == 201_600


def test_in_the_relief_of_2026_a_month_is_8_400():
    """bpjsketenagakerjaan.go.id/artikel/18931: JKK 5,000 and JKM 3,400 instead of 16,800."""
    lines = bpu_contribution(date(2026, 2, 1), sector="transport", funder="self").lines
    assert [line.amount for line in lines] == [5_000, 3_400]
    assert sum(line.amount for line in lines) == 8_400


def test_bracket_2_is_18_800_and_its_jkk_6_000_in_the_relief():
    """bpjsketenagakerjaan.go.id/artikel/18931: income 1,100,000 to 1,299,000 pays 12,000 of JKK."""
    for income in (1_100_000, 1_299_000):
        assert bpu_contribution(NOVEMBER, income, funder="apbd").amount == 18_800
        jkk = bpu_contribution(NOVEMBER, income, funder="self").lines[0]
        assert (jkk.relief, jkk.amount) == (6_000, 6_000)


def test_with_jht_a_month_is_36_800():
    """bgnnews.co.id/amp/2788 (Kotawaringin Timur): 16,800 and JHT 20,000."""
    month = bpu_contribution(NOVEMBER, funder="apbd", programs=("jkk", "jkm", "jht"))
    assert (month.lines[-1].amount, month.amount) == (20_000, 36_800)


def test_the_plan_of_tangerang_selatan_is_27_million_above_the_law():
    """tangerangnews.com/amp/tangsel/read/56371: 11,250 workers for Rp2.295 billion in 2026.

    That is 17,000 a month; the law asks 16,800 of a regional budget.
    """
    workers, published = 11_250, 2_295_000_000
    assert workers * 17_000 * A_YEAR == published
    lawful = workers * bpu_contribution(date(2026, 1, 1), months=A_YEAR, funder="apbd").amount
    assert (lawful, published - lawful) == (2_268_000_000, 27_000_000)


@pytest.mark.parametrize(
    ("sector", "funder", "amount"),
    [
        ("other", "csr", 2 * 8_400 + 10 * 16_800),
        ("transport", "csr", 5 * 8_400 + 7 * 16_800),
        ("other", "apbd", 201_600),
        ("transport", "apbd", 201_600),
    ],
)
def test_a_year_from_november_2026_costs_what_the_months_and_the_payer_make_of_it(
    sector, funder, amount
):
    """PP 50/2025 as told by cnbcindonesia.com (4 February 2026) and BPJS (artikel/18931).

    Half for contribution months up to December 2026, in transport up to March 2027, and nothing
    off for APBN and APBD: 184,800 for a vendor, 159,600 for an ojek driver, 201,600 for either.
    """
    assert of_year(sector=sector, funder=funder) == amount


def test_the_deaths_of_kota_metro_in_2025_cost_1_102_million():
    """lampuijo.postingnews.id/read/1369: 27 deaths, Rp1.102 billion; so one inside three months."""
    day = date(2025, 8, 20)
    long_paid = cover([date(2025, month, 1) for month in range(1, 9)], day)
    just_joined = cover([date(2025, 8, 1)], day)
    deaths = [long_paid] * 26 + [just_joined]
    assert sum(jkm_benefit(day, each).total for each in deaths) == 1_102_000_000


@pytest.mark.parametrize(
    ("months", "amount"), [(6, 108_000), (12, 189_000), (24, 332_500), (25, 332_500 + 13_500)]
)
def test_a_migrant_workers_contract_costs_what_is_published(months, amount):
    """BPJS Ketenagakerjaan's packages of Permenaker 4/2023, for a worker who goes alone."""
    assert pmi_contribution(NOVEMBER, months, "individual").amount == amount


def test_a_placed_migrant_worker_pays_370_000_for_24_months():
    """The same packages: 37,500 before departure and 332,500 for the contract."""
    assert [line.amount for line in pmi_contribution(NOVEMBER, 24).lines] == [37_500, 332_500]
    assert pmi_contribution(NOVEMBER, 24).amount == 370_000


@pytest.mark.parametrize(
    ("above", "value", "percent"),
    [
        (0, 100_000_000, "0.24"),
        (100_000_000, 500_000_000, "0.19"),
        (500_000_000, 1_000_000_000, "0.15"),
        (1_000_000_000, 5_000_000_000, "0.12"),
        (5_000_000_000, 8_000_000_000, "0.10"),
    ],
)
def test_construction_pays_each_band_at_its_published_rate(above, value, percent):
    """star.grid.id/read/453624938 and 453670457: JKK and JKM of the part of a contract in a band.

    0.21 + 0.03% up to 100 million, then 0.17 + 0.02, 0.13 + 0.02, 0.11 + 0.01 and 0.09 + 0.01%.
    """
    below = jakon_contribution(NOVEMBER, contract_value=above).amount if above else 0
    part = jakon_contribution(NOVEMBER, contract_value=value).amount - below
    assert part * 10_000 == (value - above) * int(percent.replace(".", ""))

"""Figures that others published, each with where; what is lawful where a figure is not."""

from datetime import date

import pytest

from payung.law import (
    bpu_contribution,
    jakon_contribution,
    pmi_contribution,
    pu_contribution,
)

BEFORE = date(2025, 6, 1)
NOVEMBER = date(2026, 11, 1)


def test_16_800_a_month_and_201_600_a_year():
    """BPJS Ketenagakerjaan, berita 28039: "Bayar Iuran Rp16.800 per Bulan"."""
    assert bpu_contribution(BEFORE).amount == 16_800
    assert bpu_contribution(date(2025, 1, 1), months=12).amount == 201_600


def test_8_400_in_the_relief_of_2026():
    """BPJS Ketenagakerjaan, artikel 18931, on PP 50/2025: JKK 5,000 and JKM 3,400."""
    contribution = bpu_contribution(NOVEMBER, funder="self")
    assert contribution.amount == 8_400
    assert [line.amount for line in contribution.lines] == [5_000, 3_400]


def test_the_second_bracket_pays_12_000_for_jkk_and_6_000_in_the_relief():
    """BPJS Ketenagakerjaan, artikel 18931: Rp1,100,000 to Rp1,299,000; with JKM 18,800."""
    for income in (1_100_000, 1_299_000):
        assert bpu_contribution(BEFORE, income).amount == 18_800
        assert bpu_contribution(BEFORE, income).lines[0].amount == 12_000
        assert bpu_contribution(NOVEMBER, income, funder="self").lines[0].amount == 6_000
    assert bpu_contribution(BEFORE, 1_099_000).amount == 16_800


def test_36_800_with_jht():
    """Kotawaringin Timur, bgnnews.co.id/amp/2788: Rp16,800, with JHT Rp36,800."""
    assert bpu_contribution(BEFORE, programs=("jkk", "jkm", "jht")).amount == 36_800


@pytest.mark.parametrize(
    ("sector", "funder", "amount"),
    [
        ("other", "csr", 184_800),  # a vendor: two months at half, ten in full
        ("transport", "csr", 159_600),  # an ojek driver: five months at half, seven in full
        ("other", "apbd", 201_600),
        ("transport", "apbd", 201_600),
    ],
)
def test_a_sponsor_paying_twelve_months_from_november_2026(sector, funder, amount):
    """PP 50/2025 Ps 3-4 as quoted by CNBC Indonesia, 4 February 2026; months counted here."""
    contribution = bpu_contribution(NOVEMBER, sector=sector, funder=funder, months=12)
    assert contribution.amount == amount


def test_the_2_727_workers_of_kota_metro_cost_45_813_600_a_month():
    """suaralampung.com, March 2025: 2,727 workers in 2022."""
    assert 2_727 * bpu_contribution(date(2022, 6, 1)).amount == 45_813_600


def test_the_plan_of_tangerang_selatan_at_17_000_and_at_the_lawful_amount():
    """tangerangnews.com, Tangsel 2026: 11,250 workers, Rp2.295 billion at Rp17,000 a month."""
    assert 11_250 * 12 * 17_000 == 2_295_000_000
    year = bpu_contribution(date(2026, 1, 1), funder="apbd", months=12).amount
    assert 11_250 * year == 2_268_000_000


def test_covid_contributions_of_bpu_fell_to_68_rupiah_for_jkm():
    """e-Kliping Ketenagakerjaan, 10 September 2020, p. 301, on PP 49/2020."""
    assert bpu_contribution(date(2020, 9, 1), funder="self").lines[1].amount == 68


def test_the_halved_jkk_rates_of_labour_intensive_industry():
    """Kontan, 1 March 2025, on PP 7/2025 Ps 4(1): 0.12, 0.27, 0.445, 0.635 and 0.87 percent."""
    wage = 10_000_000
    paid = [
        pu_contribution(date(2025, 3, 1), wage, risk, "micro", sector="labour-intensive").lines[0]
        for risk in (1, 2, 3, 4, 5)
    ]
    assert [line.amount for line in paid] == [12_000, 27_000, 44_500, 63_500, 87_000]


def test_a_migrant_worker_pays_370_000_for_two_years():
    """Permenaker 4/2023 Ps 18(1) as radarlampung.disway.id reports it: 37,500 and 332,500."""
    contribution = pmi_contribution(NOVEMBER, 24)
    assert contribution.amount == 370_000
    assert [line.amount for line in contribution.lines] == [37_500, 332_500]


def test_a_worker_leaving_for_korea_for_three_years_pays_494_500():
    """BP2MI, PENG.2647/KWS1.DIT2/PP.02.06/IX/2024: during and after work, G to G Korea."""
    assert pmi_contribution(date(2024, 9, 1), 36, "individual").amount == 494_500


@pytest.mark.parametrize(
    ("value", "percent_jkk", "percent_jkm"),
    [
        (100_000_000, "0.21%", "0.03%"),
        (500_000_000, "0.21% + 0.17%", "0.03% + 0.02%"),
        (1_000_000_000, "0.21% + 0.17% + 0.13%", "0.03% + 0.02% + 0.02%"),
        (5_000_000_000, "0.21% + 0.17% + 0.13% + 0.11%", "0.03% + 0.02% + 0.02% + 0.01%"),
    ],
)
def test_construction_bands_add_up(value, percent_jkk, percent_jkm):
    """GridStar, 27 January 2023: each band is added to what the bands below it cost."""
    jkk, jkm = jakon_contribution(NOVEMBER, contract_value=value).lines
    assert (jkk.rate, jkm.rate) == (percent_jkk, percent_jkm)


def test_jp_of_2026_counts_at_most_11_086_300():
    """BPJS Ketenagakerjaan, letter B/1226/022026: three percent of the cap is 332,589."""
    contribution = pu_contribution(date(2026, 3, 1), 20_000_000, 1)
    jp = sum(line.amount for line in contribution.lines if line.program == "jp")
    assert jp == 332_589

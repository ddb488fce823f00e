"""Published figures of contributions beside those of test_published_figures, each with where."""

from datetime import date

from payung.law import bpu_contribution, pmi_contribution, pu_contribution


def test_the_2_727_workers_of_kota_metro_cost_45_813_600_a_month():
    """suaralampung.com, March 2025: 2,727 workers in 2022."""
    assert 2_727 * bpu_contribution(date(2022, 6, 1)).amount == 45_813_600


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


def test_a_worker_leaving_for_korea_for_three_years_pays_494_500():
    """BP2MI, PENG.2647/KWS1.DIT2/PP.02.06/IX/2024: during and after work, G to G Korea."""
    assert pmi_contribution(date(2024, 9, 1), 36, "individual").amount == 494_500


def test_jp_of_2026_counts_at_most_11_086_300():
    """BPJS Ketenagakerjaan, letter B/1226/022026: three percent of the cap is 332,589."""
    contribution = pu_contribution(date(2026, 3, 1), 20_000_000, 1)
    jp = sum(line.amount for line in contribution.lines if line.program == "jp")
    assert jp == 332_589

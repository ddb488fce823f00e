"""Rounding to whole rupiah, in one place."""

from fractions import Fraction


def rounded(amount: Fraction | int) -> int:
    """The whole rupiah nearest to an exact amount, half a rupiah up: `Fraction(7, 2)` → `4`.

    No text we have seen says how BPJS rounds (docs/decisions/0003); every amount that can have a
    fraction goes through here, so that one line changes when somebody knows.
    """
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)

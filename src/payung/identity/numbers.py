"""Numbers as Indonesian writes them."""


def dotted(number: int) -> str:
    """`20000` → `20.000`."""
    return f"{number:,}".replace(",", ".")

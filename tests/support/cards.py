"""A list whose sender typed the number of the family card (KK) as everybody's NIK."""


def families(count: int, first_year: int = 6) -> list[tuple[str, str]]:
    """NIK and name of so many families of three under their cards' numbers, issued in fifteen
    years from the `first_year` of this century; their names resemble each other."""
    rows = []
    for at in range(count):
        issued = f"{at % 28 + 1:02d}{at % 12 + 1:02d}{first_year + at % 15:02d}"
        card = f"367101{issued}{at % 9_000 + 1:04d}"
        own = "".join(chr(97 + at // 26**place % 26) for place in range(3))
        names = (f"Sri {own}ti Rahayu", f"Sri {own}ni Rahmat", f"Siti {own}na Rahayu")
        rows += [(card, name) for name in names]
    return rows

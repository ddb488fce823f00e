"""Slips of the pen as Polars expressions; `u` and `v` are columns of uniform random numbers."""

import polars as pl

_KEYS = "qwertyuiopasdfghjklzxcvbnm"
# the next key of the row, and the next digit
NEIGHBOURS = dict(zip(_KEYS, _KEYS[1:] + "n", strict=True))
NEIGHBOURS |= {key.upper(): value.upper() for key, value in NEIGHBOURS.items()}
NEIGHBOURS |= {str(digit): str((digit + 1) % 10) for digit in range(10)}
u, v = pl.col("_u"), pl.col("_v")


def place(text: pl.Expr, *, spare: int = 0) -> pl.Expr:
    """A random position in the text, with `spare` characters after it."""
    return (u * (text.str.len_chars().cast(pl.Float64) - spare)).floor().clip(0).cast(pl.Int64)


def mistyped(text: pl.Expr) -> pl.Expr:
    """One character left out, doubled, swapped with the next, or its neighbour on the keys."""
    at = place(text, spare=1)
    before, rest = text.str.slice(0, at), text.str.slice(at + 1)
    sign, after = text.str.slice(at, 1), text.str.slice(at + 1, 1)
    return (
        pl.when(v < 0.3)
        .then(pl.concat_str(before, rest))
        .when(v < 0.45)
        .then(pl.concat_str(before, sign, sign, rest))
        .when(v < 0.65)
        .then(pl.concat_str(before, after, sign, text.str.slice(at + 2)))
        .otherwise(pl.concat_str(before, neighbour(sign), rest))
    )


def neighbour(sign: pl.Expr) -> pl.Expr:
    return sign.replace(NEIGHBOURS)


def wrong_digit(text: pl.Expr) -> pl.Expr:
    """One digit replaced by another."""
    at = place(text)
    other = (text.str.slice(at, 1).cast(pl.Int64, strict=False) + 1 + (v * 9).floor()) % 10
    return pl.concat_str(
        text.str.slice(0, at), other.cast(pl.Int64).cast(pl.String), text.str.slice(at + 1)
    )


def swapped_digits(text: pl.Expr) -> pl.Expr:
    """Two neighbouring digits in each other's place."""
    at = place(text, spare=1)
    return pl.concat_str(
        text.str.slice(0, at),
        text.str.slice(at + 1, 1),
        text.str.slice(at, 1),
        text.str.slice(at + 2),
    )


def lost_digit(text: pl.Expr) -> pl.Expr:
    at = place(text)
    return pl.concat_str(text.str.slice(0, at), text.str.slice(at + 1))


def word_lost(text: pl.Expr) -> pl.Expr:
    """Without its last word, or (one time in four) its first; names of one word stay."""
    split = text.str.split(" ")
    return (
        pl.when(~text.str.contains(" ", literal=True))
        .then(text)
        .when(u < 0.25)
        .then(split.list.slice(1).list.join(" "))
        .otherwise(split.list.head(split.list.len() - 1).list.join(" "))
    )


def initial(text: pl.Expr) -> pl.Expr:
    """The last word as an initial, or (one time in three) the first."""
    return (
        pl.when(u < 0.33)
        .then(text.str.replace(r"^(\w)\w+ ", "${1}. "))
        .otherwise(text.str.replace(r" (\w)\w+$", " ${1}."))
    )


def words_turned(text: pl.Expr) -> pl.Expr:
    return text.str.replace(r"^(\w+) (\w+)", "${2} ${1}")


def old_spelling(text: pl.Expr) -> pl.Expr:
    """oe for u, dj for j, tj for c, j for y, sj for sy."""
    for new, old in (("sy", "sj"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("u", "oe")):
        text = text.str.replace_all(new, old, literal=True)
        text = text.str.replace_all(new.capitalize(), old.capitalize(), literal=True)
    return text


def heard_otherwise(text: pl.Expr) -> pl.Expr:
    """Spelt as heard: one of f/v/p, k/q, d/dh, t/th, i/y, kh/h, double letters."""
    ways = [("f", "p"), ("h", ""), ("z", "j"), ("k", "q"), ("d", "dh"), ("t", "th")]
    ways += [("i", "ie"), ("r", "rr"), ("n", "nn"), ("l", "ll"), ("ah", "a"), ("ai", "ae")]
    expression = pl.when(v < 1 / len(ways)).then(text.str.replace(*ways[0], literal=True))
    for number, (one, other) in enumerate(ways[1:], start=2):
        expression = expression.when(v < number / len(ways)).then(
            text.str.replace(one, other, literal=True)
        )
    return expression.otherwise(text)


def muhammads(text: pl.Expr) -> pl.Expr:
    """Muhammad in another of its forms, where the name has it."""
    forms = ["M.", "Muh.", "Moh.", "Moch.", "Muhamad", "Mohammad", "M", "Mochammad", "Muhammad"]
    pattern = r"^(Muhammad|Muhamad|Mohammad|Mohamad|Moch|Mochamad) "
    expression = pl.when(v < 1 / len(forms)).then(text.str.replace(pattern, forms[0] + " "))
    for number, form in enumerate(forms[1:], start=2):
        expression = expression.when(v < number / len(forms)).then(
            text.str.replace(pattern, form + " ")
        )
    return expression.otherwise(text)


def with_title(text: pl.Expr) -> pl.Expr:
    """H. or Hj., Drs., Ir. and the like before, or a degree behind."""
    woman = pl.col("sex") == "P"
    return (
        pl.when(v < 0.55)
        .then(pl.concat_str(pl.when(woman).then(pl.lit("Hj. ")).otherwise(pl.lit("H. ")), text))
        .when(v < 0.65)
        .then(pl.concat_str(pl.when(woman).then(pl.lit("Dra. ")).otherwise(pl.lit("Drs. ")), text))
        .when(v < 0.72)
        .then(pl.concat_str(pl.lit("Ir. "), text))
        .when(v < 0.8)
        .then(pl.concat_str(pl.lit("Ust. "), text))
        .when(v < 0.92)
        .then(pl.concat_str(text, pl.lit(", S.Pd")))
        .otherwise(pl.concat_str(text, pl.lit(" SE")))
    )

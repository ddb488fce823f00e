"""The tables of `docs/identity.md`: every rule of `rules/*.yaml` with its reason and example.

`python -m payung.identity.reference` writes them anew; what stands above them is written by hand.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from payung.identity.rulebook import Rule, Rulebook, Section, beginning, fields, rulebook

PAGE = Path("docs/identity.md")
MARK = "<!-- From here on written by `python -m payung.identity.reference`. -->\n"
_TITLES = {
    "name_key": "Names: `name_key`, `mother_key`",
    "name_head": "Heads of names: `name_head`, `mother_head`",
    "phone_key": "Phones: `phone_key`",
    "address_key": "Addresses: `address_key`",
    "nik": "NIK: `nik`, `nik_flag`",
}


def reference(page: str) -> str:
    """The page with its tables written anew: the beginning, then the rules of each field."""
    lines = ["## Every field: the beginning", *_tables(beginning(), beginning().sections)]
    for field in fields():
        book = rulebook(field)
        own = tuple(each for each in book.sections if each not in beginning().sections)
        lines += ["", f"## {_TITLES[field]}", *_tables(book, own)]
    return page.partition(MARK)[0] + MARK + "\n" + "\n".join(lines) + "\n"


def _tables(book: Rulebook, sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield ""
        yield f"### {section.code}"
        if section.unless:
            yield ""
            yield f"Left alone: texts that match {_code(section.unless)}."
        yield ""
        yield "| Rule | Why | Example | Both become |"
        yield "|---|---|---|---|"
        for rule in section.rules:
            yield _row(book, rule)


def _row(book: Rulebook, rule: Rule) -> str:
    one, other = rule.example
    shown = f"{_code(one)} = {_code(other)}"
    return f"| `{rule.code}` | {rule.why} | {shown} | {_code(book.apply(one))} |"


def _code(text: str) -> str:
    """Text as code in a cell of a table; signs that cannot be seen are named."""
    seen = "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in text)
    return f"`{seen.replace('|', chr(92) + '|')}`" if seen else "nothing"


if __name__ == "__main__":
    PAGE.write_text(reference(PAGE.read_text("utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")

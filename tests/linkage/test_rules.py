"""The declared rules: what the file must say before anything is compared."""

from importlib.resources import files

import pytest

from payung.linkage.rules import RulesError, packaged_rules, parse_rules

TEXT = (files("payung.linkage") / "rules.yaml").read_text("utf-8")


def _changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_packaged_rules_declare_every_block_the_method_needs() -> None:
    rules = packaged_rules()
    assert {block.name for block in rules.blocks} >= {
        "nik", "nik-first-12", "nik-last-10", "born-name", "born-mother", "phone", "name-place",
    }  # fmt: skip
    assert {block.name for block in rules.blocks if block.loose} >= {"phone", "name-place"}


def test_every_level_has_words_for_the_clerk() -> None:
    for levels in packaged_rules().fields.values():
        assert all(level.text for level in levels)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[phone_key]]", "[[shoe_size]]", "unknown column 'shoe_size'"),
        ("[[nik 1-15]]", "[[nik 15-1]]", "impossible digits"),
        ("limit: 20, longer: [name_head]", "limit: 1", "limit"),
        ("    weight: -13", "    weight: 13", "weigh against"),
        ("wrong: 100", "wrong: 1", "no pair to look at"),
        ("    different: { text: NIK berbeda }", "    other: { text: x }", "unknown levels"),
        ("marks: [word-differs]", "marks: [unheard-of]", "unknown marks"),
        ("close: [equal-rare, equal]", "close: [the-same]", "unknown levels"),
        ("costs:", "prices:", "sections"),
        ("unseen:\n        nik: [serial-digit", "unseen:\n        nik: [serial", "unknown levels"),
        ("slips: { name: 0.05", "slips: { name: 1.05", "lifted by a share"),
        ("      slips: name", "      slips: shoe_size", "cannot be read"),
        ("  sex:\n    missing:", "  sex:\n    lost:", "first level"),
    ],
)
def test_a_fault_in_the_rules_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(RulesError, match=said):
        parse_rules(_changed(old, new))

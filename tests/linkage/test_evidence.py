from importlib.resources import files

import pytest

from payung.linkage import evidence_table, parse_evidence
from payung.linkage.evidence import EvidenceFileError

TEXT = (files("payung.linkage") / "evidence.yaml").read_text("utf-8")


def test_the_hand_set_weights_say_that_they_were_not_learned():
    assert evidence_table().learned is False


def test_agreement_weighs_more_than_doubt_and_doubt_more_than_disagreement():
    for field, levels in evidence_table().levels.items():
        assert levels["equal"].weight > levels["missing"].weight > levels["different"].weight, field
        assert levels["equal"].weight == max(each.weight for each in levels.values())
        assert levels["different"].weight == min(each.weight for each in levels.values())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("prior: -9", "prior: much", "cannot be read"),
        ("prior: -9", "prio: -9", "unexpected sections"),
        ("  sex:", "  gender:", "fields and levels differ"),
        ("    one-part:", "    two-part:", "fields and levels differ"),
        ("  twins:", "  triplets:", "rules differ"),
        ("missing: { weight: 0, text: NIK", "missing: { weight: 2, text: NIK", "weigh nothing"),
        ("same: 0.99", "same: 0.05", "bands"),
        ("learned: false", "learned: [", "cannot be read"),
    ],
)
def test_a_table_that_lacks_what_the_comparison_needs_is_refused(old, new, fault):
    assert old in TEXT
    with pytest.raises(EvidenceFileError, match=fault):
        parse_evidence(TEXT.replace(old, new))

from payung.law import heirs_order


def test_spouse_and_children_come_before_everybody_else():
    order = heirs_order()
    assert [heir.order for heir in order] == [1, 2, 3, 4, 5]
    assert [heir.code for heir in order] == [
        "spouse-child",
        "blood-line",
        "sibling",
        "parent-in-law",
        "will",
    ]

"""A list from its arrival to the registry: receive, read, map, correct, accept, decide."""

from payung.apps.lists.services.accepting import accept, start_accepting
from payung.apps.lists.services.checking import check, check_lists, start_check
from payung.apps.lists.services.correcting import correct
from payung.apps.lists.services.deciding import decide, decide_many, take_back_row
from payung.apps.lists.services.mapping import remap, set_mapping
from payung.apps.lists.services.pairing import (
    OtherPairFirst,
    decide_pair,
    decide_pairs,
    take_back,
)
from payung.apps.lists.services.reading import read
from payung.apps.lists.services.receiving import receive, withdraw
from payung.apps.lists.services.returning import write_back
from payung.apps.lists.services.through import is_guarded

__all__ = [
    "OtherPairFirst",
    "accept",
    "check",
    "check_lists",
    "correct",
    "decide",
    "decide_many",
    "decide_pair",
    "decide_pairs",
    "is_guarded",
    "read",
    "receive",
    "remap",
    "set_mapping",
    "start_accepting",
    "start_check",
    "take_back",
    "take_back_row",
    "withdraw",
    "write_back",
]

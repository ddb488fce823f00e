"""Which records are the same person: keys, comparison, evidence; pure, and merging nobody."""

from payung.linkage.compare import Match, compare
from payung.linkage.evidence import Band, Evidence, EvidenceTable, evidence_table, parse_evidence
from payung.linkage.records import Record, blocking_keys, is_nik, match_key

__all__ = [
    "Band",
    "Evidence",
    "EvidenceTable",
    "Match",
    "Record",
    "blocking_keys",
    "compare",
    "evidence_table",
    "is_nik",
    "match_key",
    "parse_evidence",
]

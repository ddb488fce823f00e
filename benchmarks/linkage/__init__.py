"""How well and how fast one person is found again in messy lists, beside the field's best library.

`make bench-linkage SIZES=100000` or `python -m benchmarks.linkage --help`.
"""

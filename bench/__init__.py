"""The benchmark: `python -m bench` (`make bench`) prints each figure on a line, beside its ruler of the same run.

Figures are medians; times are wall clock. It needs a machine that does nothing else.
"""

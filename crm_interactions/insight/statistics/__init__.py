"""Rates, times to result and comparisons of chains, over arrays.

`rates` counts, `times` allows for chains that are still open (`curve` does its arithmetic), `landmark` compares chains
with and without a step. Loading SciPy takes a second, so that only reports and jobs import these modules.
"""

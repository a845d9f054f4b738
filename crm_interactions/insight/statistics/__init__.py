"""Rates, times to result and comparisons of chains, over arrays. Imports no Frappe.

`rates` counts, `times` allows for chains that are still open (`curve` does its arithmetic), `landmark` compares chains
with and without a step. Loading SciPy takes a second, so that only reports import these modules.
"""

# shares and sums of steps that differ by less are equal
TINY = 1e-9

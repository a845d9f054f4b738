"""Figures from the history: results, turns, reports and the flag of slow chains (R21, R27, B4–B7)."""

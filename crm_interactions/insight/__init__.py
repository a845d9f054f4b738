"""Figures from the history: one module for each report, its queries, and statistics (R21, R27, B4)."""

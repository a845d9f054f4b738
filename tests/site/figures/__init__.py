"""Figures of the reports computed with pandas over exported rows, which share no code with the reports.

Each module compares a report's answer with its own computation, on the data of a test, on the demo data, and on a large
history.
"""

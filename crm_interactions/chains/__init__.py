"""Chains of activities: number, subject, membership, joining, splitting, closing and undo."""

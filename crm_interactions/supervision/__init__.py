"""Supervision: workload, bulk reviews, and the right to hand over."""

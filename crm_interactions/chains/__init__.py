"""Chains: the chain that an activity belongs to, its number, its subject, and what joins and parts it."""

"""Interactions with business partners, recorded and joined into chains, on the Frappe platform."""

__version__ = "0.1.0"

"""Replacements for functions of Frappe."""

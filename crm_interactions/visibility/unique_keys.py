"""Unique keys that hold a user."""

import frappe


def add_unique(doctype: str, fields: list[str], name: str) -> None:
	"""Add a unique key, once, as the platform's `add_unique` does.

	`user` is a word of SQL's own, and Frappe 15 writes it into PostgreSQL's statement as it stands.
	"""
	as_it_stands = frappe.db.db_type == "postgres" and int(frappe.__version__.partition(".")[0]) < 16
	columns = [f'"{field}"' for field in fields] if as_it_stands else fields
	frappe.db.add_unique(doctype, columns, constraint_name=name)

"""Unique keys with a column named `user`."""

import frappe


def add_unique(doctype: str, fields: list[str], name: str) -> None:
	"""Add a unique key unless one with this name exists; Frappe commits the transaction before it adds the key.

	As Frappe's `add_unique`, but `user` works: it is reserved in SQL, and Frappe 15 doesn't quote it for PostgreSQL.
	"""
	unquoted = frappe.db.db_type == "postgres" and int(frappe.__version__.partition(".")[0]) < 16
	columns = [f'"{field}"' for field in fields] if unquoted else fields
	frappe.db.add_unique(doctype, columns, constraint_name=name)

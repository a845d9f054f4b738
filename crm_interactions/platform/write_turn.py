"""The turn to write on SQLite, which locks no rows and refuses writes that are based on outdated reads."""

import frappe


def take_turn() -> None:
	"""On SQLite, become the only writer before a transaction reads, so that its reads are current; elsewhere do nothing.

	SQLite refuses a write if data that the transaction has read was changed since, and doesn't wait. A request, or a
	job after each commit, therefore calls this before it reads what it writes by. A rollback ends the transaction of
	earlier reads, such as Frappe's own. After a write, the call does nothing.
	"""
	if frappe.db.db_type == "sqlite" and not frappe.db.transaction_writes:
		frappe.db.rollback()  # discards reads only
		user = frappe.qb.DocType("User")
		frappe.qb.update(user).set(user.modified, user.modified).where(user.name == "").run()

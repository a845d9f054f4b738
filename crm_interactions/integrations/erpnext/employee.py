"""Employee: who reports to whom."""

import frappe


def below(user: str) -> list[str]:
	"""Return the users of the employees that report to a user's own employee record, directly or through others."""
	own = frappe.db.get_value("Employee", {"user_id": user, "status": "Active"}, ["lft", "rgt"], as_dict=True)
	if not own:
		return []
	below_him = {"lft": (">", own.lft), "rgt": ("<", own.rgt), "status": "Active", "user_id": ("is", "set")}
	return frappe.get_all("Employee", below_him, pluck="user_id", order_by="user_id", limit_page_length=0)

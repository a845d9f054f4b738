"""Who answers for whom; ERPNext's own tree has tests of its own, `test_visibility_employees`."""

import frappe


def reports_to(chief: str, *people: str) -> None:
	"""Make one user the leader of others."""
	before = frappe.session.user
	frappe.set_user("Administrator")
	members = [{"user": user} for user in people]
	team = {"doctype": "Interaction Team", "team_name": f"Team of {chief}", "leader": chief}
	frappe.get_doc({**team, "members": members}).insert()
	frappe.set_user(before)

"""Reporting lines by teams; `test_visibility_employees` tests ERPNext's Reports To."""

import frappe


def make_leader(leader: str, *people: str) -> None:
	"""Create a team with this leader and these members."""
	before = frappe.session.user
	frappe.set_user("Administrator")
	members = [{"user": user} for user in people]
	team = {"doctype": "Interaction Team", "team_name": f"Team of {leader}", "leader": leader}
	frappe.get_doc({**team, "members": members}).insert()
	frappe.set_user(before)

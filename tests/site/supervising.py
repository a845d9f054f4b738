"""Reporting lines by teams; `test_visibility_employees` tests ERPNext's Reports To."""

import frappe

from tests.site.visible import team


def make_leader(leader: str, *people: str) -> None:
	"""Create a team with this leader and these members."""
	before = frappe.session.user
	frappe.set_user("Administrator")
	team(f"Team of {leader}", leader, *people)
	frappe.set_user(before)

"""The demo's activity plan, which its users can start in a chain or with a partner."""

import frappe

from crm_interactions.demo.write import register

DOCTYPE = "Activity Plan"
TITLE = "New Customer"
# type, topic, offset, unit and condition of each step
STEPS = (
	("Phone Call", "First call: requirements", 1, "Days", None),
	("E-mail", "Send the offer", 1, "Days", "Successful"),
	("Phone Call", "Ask about the offer", 1, "Weeks", "Offer Sent"),
	("Phone Call", "Look back on the first month", 4, "Weeks", None),
)
FIELDS = ("interaction_type", "title", "offset", "offset_unit", "condition")


def create() -> None:
	"""Create the plan, unless the site has one of that name, or lacks a type or an outcome of its steps."""
	types, outcomes = ({step[place] for step in STEPS} - {None} for place in (0, 4))
	known = all(
		frappe.db.exists(doctype, name)
		for doctype, names in (("Interaction Type", types), ("Interaction Outcome", outcomes))
		for name in names
	)
	if not known or frappe.db.exists(DOCTYPE, TITLE):
		return
	steps = [dict(zip(FIELDS, step, strict=True)) for step in STEPS]
	frappe.get_doc({"doctype": DOCTYPE, "title": TITLE, "steps": steps}).insert()
	register.add(DOCTYPE, TITLE)

"""Document events of activities that belong to plans, or start them."""

import frappe

from crm_interactions.followups import rules
from crm_interactions.plans import following, shifting


def on_change(doc, method=None):
	"""Answer the change of a step's activity, and start plans with a new activity; skip other documents.

	Imports start no plans. A step that can't be planned stops no save.
	"""
	if doc.doctype not in rules.PLANNING or doc.flags.in_delete or doc.flags.converted:
		return
	before = doc.get_doc_before_save()
	if doc.get("activity_plan") and before:
		following.follow(doc, before)
		shifting.note_move(doc, before)
	elif doc.flags.in_insert and doc.category and not doc.get("activity_plan") and not frappe.flags.in_import:
		following.start_by_rule(doc)


def on_trash(doc, method=None):
	"""End the run of a deleted activity that was the last one of a plan; skip other documents."""
	if doc.doctype in rules.PLANNING and doc.get("activity_plan"):
		following.forget(doc)

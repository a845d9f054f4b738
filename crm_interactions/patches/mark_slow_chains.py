"""Mark slow chains, in the background, and the outcome of sent offers as an offer."""

import frappe

from crm_interactions.chains.turn import OUTCOME
from crm_interactions.insight import paces


def execute():
	# a renamed outcome is the administrator's to mark
	frappe.db.set_value(OUTCOME, {"name": "Offer Sent"}, "is_offer", 1, update_modified=False)
	paces.queue_refresh()

"""Partner and subject types of the installed apps, each added once (R30)."""

import frappe

from crm_interactions.apps.installed import app_of, is_installed
from crm_interactions.setup import memory

PARTY_TYPES = {
	"erpnext": ("Customer", "Supplier", "Lead", "Prospect"),
	"crm": ("CRM Lead", "CRM Organization"),
}
# used if none of these apps is installed
OWN_PARTY_TYPE = "Partner"

SUBJECT_TYPES = {
	"erpnext": ("Opportunity", "Quotation", "Sales Order", "Issue", "Campaign", "UTM Campaign", "Project"),
	"crm": ("CRM Deal", "CRM Lead"),
}
# how the status of a subject gives its chains their result; values that a version lacks do no harm
RESULTS = {
	"Opportunity": {
		"status_field": "status",
		"won_values": "Converted",
		"lost_values": "Lost",
		"undecided_values": "Closed",
		"amount_field": "opportunity_amount",
	},
	"Quotation": {
		"status_field": "status",
		"won_values": "Ordered\nPartially Ordered",
		"lost_values": "Lost",
		"undecided_values": "Expired\nCancelled",
		"amount_field": "grand_total",
	},
	# an order is won once it is placed
	"Sales Order": {
		"status_field": "status",
		"won_values": "To Pay\nTo Deliver and Bill\nTo Bill\nTo Deliver\nCompleted\nClosed",
		"lost_values": "Cancelled",
		"amount_field": "grand_total",
	},
	"Issue": {"status_field": "status", "won_values": "Resolved\nClosed", "is_claim": 1},
	"CRM Deal": {
		"status_field": "status",
		"won_values": "Won",
		"lost_values": "Lost",
		"amount_field": "deal_value",
	},
	"CRM Lead": {
		"status_field": "status",
		"won_values": "Qualified\nConverted",
		"lost_values": "Unqualified\nJunk",
	},
}


def add_known() -> None:
	"""Add installed apps' partner and subject types to the settings, each once, so that removed ones stay removed.

	Partner is added if there is no partner type. Rows of former versions get the values that give a result. The settings
	are saved, ignoring permissions, if anything was added.
	"""
	settings = frappe.get_single(memory.SETTINGS)
	added = _add(settings, "party_types", "party_type", PARTY_TYPES)
	added |= _add(settings, "subject_types", "subject_type", SUBJECT_TYPES)
	added |= _fill_results(settings)
	if not settings.party_types:
		settings.append("party_types", {"party_type": OWN_PARTY_TYPE})
		added.add(f"party_type/{OWN_PARTY_TYPE}")
	if added:
		settings.save(ignore_permissions=True)  # setup acts for the site, not for a user
		memory.remember_keys(added)


def add_own() -> None:
	"""Add Partner as a partner type if missing, even if removed before; save the settings, ignoring permissions."""
	settings = frappe.get_single(memory.SETTINGS)
	if OWN_PARTY_TYPE in {row.party_type for row in settings.party_types}:
		return
	settings.append("party_types", {"party_type": OWN_PARTY_TYPE})
	settings.save(ignore_permissions=True)  # as above: for the site
	memory.remember_keys({f"party_type/{OWN_PARTY_TYPE}"})


def remove_types_of(app_name: str) -> None:
	"""Remove the types of an app that is being uninstalled from the settings, which otherwise couldn't be saved.

	This includes types of Frappe that only this app brings as subjects. If no partner type is left, Partner is added. A
	new installation of the app adds its types again. The settings are saved, ignoring permissions.

	Raises: ValidationError if the settings are invalid for another reason.
	"""
	settings = frappe.get_single(memory.SETTINGS)
	kept_parties = [row for row in settings.party_types if app_of(row.party_type) != app_name]
	# UTM Campaign belongs to Frappe, but is a subject type only with ERPNext
	known = SUBJECT_TYPES.get(app_name, ())
	kept_subjects = [
		row
		for row in settings.subject_types
		if app_of(row.subject_type) != app_name and row.subject_type not in known
	]
	if len(kept_parties) < len(settings.party_types) or len(kept_subjects) < len(settings.subject_types):
		settings.set("party_types", kept_parties or [{"party_type": OWN_PARTY_TYPE}])
		settings.set("subject_types", kept_subjects)
		settings.save(ignore_permissions=True)  # as above: for the site
	# so that a new installation of the app adds them again
	memory.forget_keys({f"party_type/{doctype}" for doctype in PARTY_TYPES.get(app_name, ())})
	for key in ("subject_type", "result"):
		memory.forget_keys({f"{key}/{doctype}" for doctype in SUBJECT_TYPES.get(app_name, ())})


def _fill_results(settings) -> set[str]:
	"""Fill the values that give a result into each row, once, and return the new keys; changed rows stay as they are."""
	seeded = memory.recall_keys()
	filled = set()
	for row in settings.subject_types:
		key = f"result/{row.subject_type}"
		if row.subject_type in RESULTS and key not in seeded:
			if not row.status_field and not row.amount_field:
				row.update(RESULTS[row.subject_type])
			filled.add(key)
	return filled


def _add(settings, table: str, field: str, types_by_app: dict) -> set[str]:
	seeded = memory.recall_keys()
	present = {row.get(field) for row in settings.get(table)}
	added = set()
	for app, doctypes in types_by_app.items():
		if not is_installed(app):
			continue
		for doctype in doctypes:
			key = f"{field}/{doctype}"
			if key in seeded or doctype in present or not frappe.db.exists("DocType", doctype):
				continue
			settings.append(table, {field: doctype})
			added.add(key)
	return added

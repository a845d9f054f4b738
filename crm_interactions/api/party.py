"""HTTP methods for forms: partners, contacts and participants; PermissionError means a missing right to read them."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.controllers import validation
from crm_interactions.parties import matches, participants


@frappe.whitelist(methods=["GET"])
@arguments.checked
@frappe.validate_and_sanitize_search_inputs
def contact_query(
	doctype: str, txt: Text, searchfield: str, start: int, page_len: int, filters: dict | str | None
) -> list:
	"""Search a partner's contacts that the user may read, by name, address and number; empty without a partner (R6).

	Args: as for Frappe's link search; `filters` holds `party_type` and `party`, a partner that needn't be readable.

	Returns: rows of name, full name, e-mail address and mobile number, in order of full name.
	"""
	filters = validation.parse_json(filters, "filters")
	given = filters if isinstance(filters, dict) else {}
	party_type, party = given.get("party_type"), given.get("party")
	if not (isinstance(party_type, str) and isinstance(party, str)):
		return []
	return frappe.get_list(
		"Contact",
		filters=[_belongs(party_type, party)],
		or_filters=[
			[field, "like", f"%{txt}%"] for field in ("name", "full_name", "email_id", "mobile_no", "phone")
		],
		fields=["name", "full_name", "email_id", "mobile_no"],
		order_by="full_name asc",
		limit_start=max(start, 0),
		limit_page_length=max(page_len, 0),
		as_list=True,
		distinct=True,
	)


def _belongs(party_type: str, party: str) -> list:
	linked = frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Contact", "link_doctype": party_type, "link_name": party},
		pluck="parent",
	)
	if party_type == "CRM Organization":
		linked += frappe.get_all("Contact", {"company_name": party}, pluck="name")
	return ["name", "in", linked or [""]]


@frappe.whitelist(methods=["GET"])
@arguments.checked
def participant_details(participant_type: str, participant: str) -> dict:
	"""Return `full_name`, `email` and `phone` of a participant that the user may read; "" for a missing one (R5).

	Raises: PermissionError; PartyTypeError for a document type that can't be a participant; DoesNotExistError.
	"""
	participants.require_allowed(participant_type)
	if not participant.strip():
		validation.refuse("participant")
	frappe.has_permission(participant_type, "read", doc=participant, throw=True)
	return participants.read_contact_details(participant_type, participant)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def find(reach_text: Text) -> list[dict]:
	"""Return up to five readable contacts and partners with this number or address, last changed first, contacts first.

	Phone numbers in `reach_text` are compared in E.164, as national numbers of the record's country, the site's and the
	countries in use; without a match, five or more trailing digits find candidates. Addresses, also several or with names,
	are compared in lower case. If no record has it, the partners of readable interactions with it are candidates. Other
	text finds nothing.

	Returns: `contact`, `full_name`, `party_type`, `party`, `party_name` and `exact` of each: the first two are None for a
		partner, the partner's three are None without a readable partner of a configured type, and `exact` is False for a
		candidate.
	"""
	frappe.has_permission("Contact", "read", throw=True)
	return matches.find_matches(reach_text)

"""HTTP methods for captured items and the documents that interactions were captured from."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.capture import assigning, originals

ITEM = assigning.ITEM


@frappe.whitelist(methods=["POST"])
@arguments.checked
def assign(item: str, party_type: str, party: str, contact: str | None = None, teach: bool | int = 0) -> dict:
	"""Make interactions with a partner of a captured item and of the open items with the same address or number.

	Args:
		item: name of a Captured Item.
		party_type, party: partner of a configured type.
		contact: contact person of the partner.
		teach: 1 adds the address or number to the contact.

	Returns: `doctype` and `name` of the item's interaction, and `siblings`: names of the other items assigned.

	Raises: PermissionError without the right to create interactions, to read the partner, or to change the contact;
		PartyTypeError; ContactMismatchError; MandatoryError to teach without a contact; ChangedMeanwhileError for an item
		that isn't open any more.
	"""
	return assigning.assign(_get(item), party_type, party, contact, teach=bool(int(teach)))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def ignore(item: str, scope: str = assigning.THIS) -> dict:
	"""Ignore a captured item, or its address ("address") or domain ("domain") for good, with all their open items.

	Returns: `ignored`, the names of the items.

	Raises: PermissionError, for a domain without the right to exclude it; ValidationError for another scope, or the
		domain of a number; ChangedMeanwhileError for an item that isn't open any more.
	"""
	return {"ignored": assigning.ignore(_get(item), scope)}


@frappe.whitelist(methods=["GET"])
@arguments.checked
def proposals(item: str) -> list[dict]:
	"""Return up to five readable partners that a captured item may belong to, the likeliest first.

	Returns: rows of `party_type`, `party`, `party_name`, `contact` (None without one) and `reason`.
	"""
	return assigning.propose(_get(item))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def attachments(interaction: str) -> list[dict]:
	"""Return the files of the document that an interaction was captured from: `file`, `file_name` and `file_size`.

	Raises: PermissionError without read permission on the interaction.
	"""
	return originals.list_files(_get_interaction(interaction))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def download(interaction: str, file: str) -> None:
	"""Respond with a file of the document that an interaction was captured from, as a download.

	Raises: PermissionError without read permission on the interaction; DoesNotExistError for a file of another document.
	"""
	name, content = originals.read_file(_get_interaction(interaction), file)
	frappe.response.filename, frappe.response.filecontent = name, content
	frappe.response.type = "download"


def _get(item: str):
	doc = frappe.get_doc(ITEM, item)
	doc.check_permission("read")
	return doc


def _get_interaction(name: str):
	doc = frappe.get_doc("Interaction", name)
	doc.check_permission("read")
	return doc

"""HTTP methods for captured items and the documents that interactions were captured from."""

import frappe
from frappe import _

from crm_interactions.activities.options import SETTINGS
from crm_interactions.api import arguments
from crm_interactions.capture import assigning, originals, policy
from crm_interactions.capture import backfill as backfill_job

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

	The partner needn't be readable, as for any interaction.

	Raises: PermissionError without the right to create interactions, or to change the contact;
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
def list_candidates(item: str) -> list[dict]:
	"""Return up to five readable partners that a captured item may belong to, the likeliest first.

	Returns: rows of `party_type`, `party`, `party_name`, `contact` (None without one) and `reason`.
	"""
	return assigning.list_candidates(_get(item))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_files(interaction: str) -> list[dict]:
	"""Return the files of the document that an interaction was captured from: `file`, `file_name` and `file_size`.

	Raises: PermissionError without read permission on the interaction.
	"""
	return originals.list_files(_get_interaction(interaction))


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_file(interaction: str, file: str) -> None:
	"""Respond with a file of the document that an interaction was captured from, as a download.

	Raises: PermissionError without read permission on the interaction; DoesNotExistError for a file of another document.
	"""
	name, content = originals.read_file(_get_interaction(interaction), file)
	frappe.response.filename, frappe.response.filecontent = name, content
	frappe.response.type = "download"


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_backfill() -> dict | None:
	"""Return the progress of the last backfill, None if there was none.

	Returns: `dry_run`; `done` and `total`, numbers of documents; `counts`, the number by result; `seconds`; `finished`; and
		`running`, false if the job was interrupted.

	Raises: PermissionError without write permission on the settings.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	known = backfill_job.read_progress()
	return {**known, "running": backfill_job.under_way()} if known else None


@frappe.whitelist(methods=["POST"])
@arguments.checked
def backfill(dry_run: bool | int = 1) -> bool:
	"""Queue the job that captures stored mail, calls and messages, or only counts them, unless it is under way; return True.

	Raises: PermissionError without write permission on the settings; ValidationError if nothing is captured.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	if not any(map(policy.is_type_on, policy.MEDIA)):
		frappe.throw(_("Capture is off. Choose what to capture and save, then start again."))
	backfill_job.queue(dry_run=bool(int(dry_run)))
	return True


def _get(item: str):
	doc = frappe.get_doc(ITEM, item)
	doc.check_permission("read")
	return doc


def _get_interaction(name: str):
	doc = frappe.get_doc("Interaction", name)
	doc.check_permission("read")
	return doc

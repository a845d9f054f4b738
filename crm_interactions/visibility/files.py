"""Permission for a File record to name a stored file: the user can read another record of that file.

Frappe 15 and 16 let every user insert a File with the address or the name of a private file, and return its content to
that user. For files of the app's records, this requires read permission on an existing File.
"""

import os
from urllib.parse import unquote

import frappe
from frappe.utils import cstr, get_files_path

from crm_interactions.visibility.files_and_tags import OURS

PRIVATE = "/private/files/"
# fields that name the file and decide who can read it
OPENS = ("file_url", "attached_to_doctype", "attached_to_name", "is_private", "owner")


def may_save(doc, ptype: str | None, user: str | None = None) -> bool:
	"""Return whether a user may create or change a File record, as far as its stored file is concerned.

	A folder, an upload, or a change of no field in `OPENS` passes. A private file of an activity, chain or hand-over
	requires read permission on one of its Files; the change of a File attached to such a record, write permission on
	that File as stored. Other files pass.

	Args:
		doc: a File before its save; an upload has content and names no stored file.
		ptype: the permission type; all but create and write pass, since Frappe alone decides about them.
	"""
	user = user or frappe.session.user
	if ptype == "create":
		return bool(doc.is_folder or doc.get("content")) or _may_take(doc, user)
	if ptype != "write":
		return True
	known = frappe.db.get_value("File", doc.name, OPENS, as_dict=True)
	if not known or all(cstr(known[field]) == cstr(doc.get(field)) for field in OPENS):
		return True
	# Frappe checks the submitted values, not the stored ones
	if known.attached_to_doctype in OURS and not frappe.has_permission("File", "write", doc.name, user=user):
		return False
	return known.file_url == doc.file_url or _may_take(doc, user)


def _may_take(doc, user: str) -> bool:
	"""Return whether a user can read the stored file that a record names; files of other records pass."""
	address = _address(doc)
	known = frappe.get_all("File", {"file_url": address}, ["name", "attached_to_doctype"]) if address else []
	if not any(row.attached_to_doctype in OURS for row in known):
		return True
	return any(frappe.has_permission("File", "read", doc=row.name, user=user) for row in known)


def _address(doc) -> str | None:
	"""Return the address of the private file that Frappe will read; None if it reads none."""
	address = unquote(doc.file_url or "")
	name = doc.file_name or address.rpartition("/")[2]
	named = frappe.get_doc(doctype="File", file_url=address, file_name=name, is_private=doc.is_private)
	if named.is_remote_file or not name:
		return None
	try:
		path = os.path.realpath(named.get_full_path())
	except frappe.ValidationError:
		return None  # Frappe refuses the path
	folder = os.path.realpath(get_files_path(is_private=True))
	return PRIVATE + os.path.relpath(path, folder) if path.startswith(folder + os.sep) else None

"""Files attached to the documents of a dossier, with the SHA-256 of their content."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import frappe
from frappe import _
from frappe.model import get_permitted_fields
from frappe.utils import create_batch, cstr

FILE = "File"
FIELDS = (
	*("name", "file_name", "file_url", "file_size", "is_private", "owner", "creation"),
	*("attached_to_doctype", "attached_to_name", "attached_to_field"),
)
BATCH = 500
CHUNK = 1 << 20  # bytes
REMOTE = ("http://", "https://", "/api/")

Document = tuple[str, str]


@dataclass(frozen=True)
class Attachment:
	"""A file of one or more documents of the dossier.

	Args:
		documents: the documents that it is attached to.
		size: size of the content in bytes, None if it isn't on this server.
		sha256: of the content; "" if it isn't on this server.
		remark: why there is no SHA-256; "" if there is one.
	"""

	name: str
	documents: tuple[Document, ...]
	size: int | None
	sha256: str
	remark: str


def list_attachments(documents: Iterable[Document]) -> list[Attachment]:
	"""Return the files attached to documents that the user may read, in the order of the documents, then of creation.

	As in Frappe, readers of a document may read its files, except those of a field that they may not read.
	"""
	if not frappe.has_permission(FILE, "read"):
		return []
	order = {document: number for number, document in enumerate(documents)}
	rows = [row for row in _select(order) if _is_readable(row)]
	rows.sort(key=lambda row: (order[_document(row)], row.creation, row.name))
	together: dict[tuple[str, str], list] = {}
	for row in rows:
		together.setdefault((cstr(row.file_url), cstr(row.file_name)), []).append(row)
	return [_describe(same) for same in together.values()]


def find_path(row) -> str | None:
	"""Return the path of a file's content on this server; None if it has none there."""
	if cstr(row.file_url).startswith(REMOTE):
		return None
	try:
		path = frappe.get_doc({"doctype": FILE, **row}).get_full_path()
	except frappe.ValidationError:  # an address outside the folders of files
		frappe.clear_last_message()
		return None
	return path if os.path.isfile(path) else None


def _select(documents: Iterable[Document]) -> list:
	found = []
	for doctype, of_type in groupby(sorted(documents), key=itemgetter(0)):
		for names in create_batch([name for _doctype, name in of_type], BATCH):
			about = {"attached_to_doctype": doctype, "attached_to_name": ("in", names), "is_folder": 0}
			found += frappe.get_all(FILE, about, FIELDS, order_by=None)
	return found


def _document(row) -> Document:
	return row.attached_to_doctype, row.attached_to_name


def _is_readable(row) -> bool:
	field = row.attached_to_field
	if not field or not frappe.get_meta(row.attached_to_doctype).has_field(field):
		return True
	return field in get_permitted_fields(row.attached_to_doctype)


def _describe(rows: list) -> Attachment:
	"""Return the attachment of rows with one address."""
	first, path = rows[0], find_path(rows[0])
	remark = ""
	if not path:
		is_remote = cstr(first.file_url).startswith(REMOTE)
		remark = _("Stored on another server.") if is_remote else _("The content is missing on this server.")
	return Attachment(
		name=first.file_name or cstr(first.file_url).rpartition("/")[2],
		documents=tuple(dict.fromkeys(map(_document, rows))),
		size=os.path.getsize(path) if path else None,
		sha256=_hash(path) if path else "",
		remark=remark,
	)


def _hash(path: str) -> str:
	found = hashlib.sha256()
	with open(path, "rb") as content:
		while chunk := content.read(CHUNK):
			found.update(chunk)
	return found.hexdigest()

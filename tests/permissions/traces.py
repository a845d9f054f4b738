"""What a record leaves behind in other places of the platform, each with its title."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.desk.doctype.tag.tag import add_tag
from frappe.utils.file_manager import save_file

TAG = f"Watched{frappe.generate_hash(length=6)}"


@contextmanager
def told_at_once() -> Iterator[None]:
	"""Notifications are written within the block; else a worker would write them, and there is none."""
	frappe.flags.in_test = frappe.in_test = True  # Frappe 15 asks the one, 16 the other
	try:
		yield
	finally:
		frappe.flags.in_test = frappe.in_test = False


def leave(record, people: list[str]) -> str:
	"""Attach a file, mention everybody in a comment, write a mail and a tag.

	Returns: where the file is.
	"""
	doc = frappe.get_doc(record.doctype, record.name)
	file = save_file(f"{record.token}.txt", record.title.encode(), doc.doctype, doc.name, is_private=1)
	doc.add_comment("Comment", f"{record.title} {''.join(map(_mention, people))}")
	frappe.get_doc(
		{
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Received",
			"subject": record.title,
			"content": record.title,
			"sender": "somebody@example.com",
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
		}
	).insert()
	add_tag(TAG, doc.doctype, doc.name)
	return file.file_url


def _mention(user: str) -> str:
	return f'<span class="mention" data-id="{user}" data-value="{user}" data-denotation-char="@">@</span>'

"""Insertion of many rows by query, past the documents' events.

Upstream: `frappe.db.bulk_insert` (Frappe 15 and 16) leaves name, owner and time to its callers. May go once it sets them.
"""

from collections.abc import Iterable, Sequence

import frappe

HEAD = ("name", "owner", "modified_by", "creation", "modified")


def insert_rows(
	doctype: str, fields: Sequence[str], rows: Iterable[Sequence], *, ignore_duplicates: bool = False
) -> None:
	"""Insert rows with random names, owned by the session's user, without document events, checks or commit.

	Args: `fields` are the columns of each row's values; `ignore_duplicates` skips rows inserted meanwhile.
	"""
	user, now = frappe.session.user, frappe.utils.now()
	values = [(frappe.generate_hash(length=12), user, user, now, now, *row) for row in rows]
	if values:
		frappe.db.bulk_insert(doctype, [*HEAD, *fields], values, ignore_duplicates, chunk_size=1000)

"""The file of a dossier: private, not attached, and the reader's own."""

import hashlib

import frappe

from crm_interactions.clock import site_time
from crm_interactions.insight.dossier.files import FILE

PREFIX = "dossier-"


def keep(chain: str, content: bytes) -> str:
	"""Store a dossier of the session's user in place of the user's earlier ones of the chain; return its address."""
	start = _start_of_name(chain)
	earlier = frappe.get_all(
		FILE, {"name": ("like", f"{start}%"), "owner": frappe.session.user}, pluck="name"
	)
	file = frappe.get_doc(
		{"doctype": FILE, "file_name": _name_file(chain), "content": content, "is_private": 1}
	)
	# a report for a reader, not an upload, which the user might not have the right to
	file.insert(ignore_permissions=True, set_name=f"{start}{frappe.generate_hash(length=10)}")
	for name in earlier:
		# the user's own file, which only this module makes
		frappe.delete_doc(FILE, name, ignore_permissions=True, delete_permanently=True)
	return file.file_url


def _name_file(chain: str) -> str:
	return f"Dossier {chain} {site_time.now():%Y-%m-%d %H%M}.pdf"


def _start_of_name(chain: str) -> str:
	"""Return the beginning of the names of a user's dossiers of a chain; no other file has it."""
	about = f"{frappe.session.user}\n{chain}".encode()
	return f"{PREFIX}{hashlib.sha256(about).hexdigest()[:24]}-"

"""HTTP methods for the dossier of a chain, a PDF (B7)."""

import frappe
from frappe import _

from crm_interactions.api import arguments
from crm_interactions.chains import locks
from crm_interactions.insight.dossier import job


@frappe.whitelist(methods=["POST"])
@arguments.checked
def start(chain: str) -> str:
	"""Queue the dossier of a chain for the user, in the user's language, unless it is under way; return the chain.

	A merged chain stands for its target. The dossier is a private file of the user and replaces the user's earlier ones
	of the chain.

	Raises: PermissionError without read permission on the chain; DoesNotExistError.
	"""
	name = _find(chain)
	job.queue(name)
	return name


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_progress(chain: str) -> dict | None:
	"""Return the progress of the user's last dossier of a chain, None if there was none in the last day.

	Returns: `state`, one of "waiting", "running", "done" and "failed"; `percent`; `file_url` and `pages` of one that is
		done; `problem`, a sentence, of one that failed.

	Raises: PermissionError without read permission on the chain; DoesNotExistError.
	"""
	return job.read_progress(_find(chain))


def _find(chain: str | None) -> str:
	"""Return the name of a readable chain, or of the chain that it was merged into."""
	if not chain:
		frappe.throw(_("The chain is missing. Send its name."))
	found = locks.find_chain(chain)
	name = found["name"] if found else chain
	frappe.get_doc(locks.CHAIN, name).check_permission("read")
	return name

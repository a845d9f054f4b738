"""The right to add an activity to a chain: write permission on the chain, however the activity gets there.

An activity makes its chain visible to all users who may read the activity. Without this check, an author could open
a chain by referring to one of its activities.
"""

import frappe

from crm_interactions.chains.locks import CHAIN


def may_enter(chain: str, doc) -> bool:
	"""Return whether both the document's owner and the session user may add the document to a chain.

	The owner counts because background jobs and colleagues save documents that other users created. The document's flag
	`ignore_permissions` makes no difference.

	Args:
		chain: name of the chain, not of a merged one.
		doc: the activity; always allowed if planned by the server or converted from an activity that the user may save.
	"""
	if doc.flags.planned_by_server or doc.flags.converted:
		return True
	return all(may_change(chain, user) for user in users_behind(doc))


def users_behind(doc) -> set[str]:
	"""Return the users whose rights a document's references need: its owner, if any, and the session user."""
	return {frappe.session.user, doc.owner or frappe.session.user}


def may_change(chain: str, user: str | None = None) -> bool:
	"""Return whether a user, by default the session user, may write chains by role and sees an activity of this one."""
	return bool(frappe.has_permission(CHAIN, "write", doc=chain, user=user or frappe.session.user))

"""The right to add an activity to a chain: write permission on the chain, however the activity gets there.

An activity makes its chain visible to all users who may read the activity. Without this check, an author could open
a chain by referring to one of its activities.
"""

import frappe

from crm_interactions.chains.locks import CHAIN


def may_enter(chain: str, doc) -> bool:
	"""Return whether both the document's owner and the session user may add the document to a chain.

	Background jobs and colleagues save documents of other owners. `flags.ignore_permissions` makes no difference.

	Args:
		chain: name of the chain, not of a merged one.
		doc: the activity; allowed without a check if it has the flag `planned_by_server` or `converted`.
	"""
	if doc.flags.planned_by_server or doc.flags.converted:
		return True
	return all(may_change(chain, user) for user in users_behind(doc))


def users_behind(doc) -> set[str]:
	"""Return the users whose rights a document's references need: its owner, if any, and the session user."""
	return {frappe.session.user, doc.owner or frappe.session.user}


def may_change(chain: str, user: str | None = None) -> bool:
	"""Return whether a user, by default the session user, may write to a chain; DoesNotExistError if it is unknown.

	A role gives the right to users who see an activity of the chain or all activities; so does a share of the chain.
	"""
	return bool(frappe.has_permission(CHAIN, "write", doc=chain, user=user or frappe.session.user))

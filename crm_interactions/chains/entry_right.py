"""The right to put an activity into a chain: write permission on the chain, by whichever way the activity gets there.

An activity makes its chain visible to those who see the activity. A document that refers to an activity of others
would otherwise open that activity's chain to its author.
"""

import frappe

from crm_interactions.chains.locks import CHAIN


def may_enter(chain: str, doc) -> bool:
	"""Return whether a document may be put into a chain by the users who are behind it.

	Its owner counts beside the session's user: a job numbers documents that others made, and colleagues save them later.

	Args:
		chain: name of the chain, not a merged one.
		doc: the activity. Follow-ups that the server plans are let in: the user was allowed to save their plan.
	"""
	if doc.flags.planned_by_server or doc.flags.converted:
		return True
	return all(may_change(chain, user) for user in users_behind(doc))


def users_behind(doc) -> set[str]:
	"""Return the users who answer for what a document refers to: its owner and the user of the session."""
	return {frappe.session.user, doc.owner or frappe.session.user}


def may_change(chain: str, user: str | None = None) -> bool:
	"""Return whether a user, the session's unless given, may write to a chain."""
	return bool(frappe.has_permission(CHAIN, "write", doc=chain, user=user or frappe.session.user))

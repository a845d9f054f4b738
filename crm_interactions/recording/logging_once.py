"""Interactions that a user logs in one step, each once, however often the browser sends it."""

import frappe

from crm_interactions.chains import locks

INTERACTION = "Interaction"
# a draft is sent again within minutes
CACHE_SECONDS = 24 * 60 * 60


def log_once(key: str, values: dict) -> dict:
	"""Insert an interaction with the user's rights; the same key of the same user within a day inserts nothing.

	Returns: `doctype`, `name` and `title` of the interaction.
	"""
	# requests of a user wait for each other
	locks.restart_transaction()
	frappe.db.get_value("User", frappe.session.user, "name", for_update=True)
	name = f"crm_interactions_logged:{frappe.session.user}:{key}"
	if known := frappe.cache.get_value(name, expires=True):
		return known
	doc = frappe.get_doc({**values, "doctype": INTERACTION, "name": None}).insert()
	answer = {"doctype": doc.doctype, "name": doc.name, "title": doc.title}
	# before the commit, because a request that waits reads the cache, but not always what was committed meanwhile
	frappe.cache.set_value(name, answer, expires_in_sec=CACHE_SECONDS)
	frappe.db.after_rollback.add(lambda: frappe.cache.delete_value(name))
	return answer

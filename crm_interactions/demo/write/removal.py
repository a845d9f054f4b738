"""Removal of the demo data, including edited, completed and partly deleted records."""

import frappe
from frappe.defaults import clear_default
from frappe.model.delete_doc import delete_dynamic_links
from frappe.utils import now_datetime

from crm_interactions.demo.write import register, surroundings
from crm_interactions.demo.write.creation import quietly
from crm_interactions.insight import paces
from crm_interactions.visibility import audiences

ACTIVITIES = ("Product Record", "Meeting", "Interaction")
# in order of deletion: records before the records to which they link
PARTNERS = ("Partner", "Customer", "Supplier", "Lead", "CRM Lead", "CRM Organization")
LAST = (
	*("Activity Plan", "Meeting Resource", "Contact", "Employee", "Branch"),
	*("Interaction Dictionary Value", "Interaction Dictionary"),
)
SAVEPOINT = "crm_interactions_demo"


def remove() -> str:
	"""Remove the demo records that no other record uses; return a summary of removed and kept records.

	Records, and users' empty chains with the partners, are deleted for good, without permission checks. Users that stay
	are disabled, as are currencies that the demo enabled. The tag is deleted, so kept records are no longer the demo's.
	"""
	if not register.is_there():
		return "There is no demo data to remove."
	kept: list[str] = []
	with quietly(), _no_feed():
		removed = sum(_remove_all(doctype, _delete, kept) for doctype in ACTIVITIES)
		_remove_chains(kept)
		partners = sum(_remove_all(doctype, _delete_partner, kept) for doctype in PARTNERS)
		for doctype in LAST:
			_remove_all(doctype, _delete, kept)
		_remove_all("User", _delete_user, kept, instead=_disable_user)
		surroundings.disable_currencies()
		register.remove_tag()
	audiences.remove_empty()
	paces.store(paces.compute(now_datetime()))
	sentence = f"Removed {removed} activities and {partners} partners of the demo."
	return f"{sentence} {_explain(kept)}" if kept else sentence


def _remove_all(doctype: str, delete, kept: list[str], instead=None) -> int:
	"""Delete the demo records of a type, newest first; return their number. Add records in use to `kept`."""
	removed = 0
	for name in reversed(register.names(doctype) if frappe.db.exists("DocType", doctype) else []):
		frappe.db.savepoint(SAVEPOINT)
		try:
			delete(doctype, name)
			removed += 1
		except frappe.LinkExistsError:
			frappe.db.rollback(save_point=SAVEPOINT)
			kept.append(f"{doctype} {name}")
			if instead:
				instead(name)
	return removed


def _remove_chains(kept: list[str]) -> None:
	"""Delete the demo's chains, and empty chains with its partners that users split off; chains in use stay."""
	_remove_all("Interaction Chain", _delete, kept)
	for doctype in PARTNERS:
		names = register.names(doctype) if frappe.db.exists("DocType", doctype) else []
		empty = {"party_type": doctype, "party": ("in", names or [""]), "activity_count": 0}
		for chain in frappe.get_all("Interaction Chain", empty, pluck="name", order_by="name desc"):
			_delete("Interaction Chain", chain)


def _delete(doctype: str, name: str) -> None:
	# the demo is removed as a whole, regardless of the user's permissions
	frappe.delete_doc(
		doctype, name, flags={"ignore_completed": True}, ignore_permissions=True, delete_permanently=True
	)
	# Frappe would do this in a background job after the commit
	delete_dynamic_links(doctype, name)


def _delete_partner(doctype: str, name: str) -> None:
	"""Delete a partner with its contact persons; raise LinkExistsError if it has others than the demo's."""
	links = {"parenttype": "Contact", "link_doctype": doctype, "link_name": name}
	created = set(register.names("Contact"))
	for contact in frappe.get_all("Dynamic Link", links, pluck="parent"):
		if contact not in created:
			raise frappe.LinkExistsError(contact)
		_delete("Contact", contact)
	_delete(doctype, name)


def _delete_user(doctype: str, name: str) -> None:
	# a background job of Frappe creates a contact for each user
	for contact in frappe.get_all("Contact", {"user": name}, pluck="name"):
		_delete("Contact", contact)
	_delete(doctype, name)
	frappe.db.delete("Deleted Document", {"deleted_doctype": "Notification Settings", "deleted_name": name})
	clear_default(parent=name)
	if frappe.db.exists("DocType", "Permission Log"):  # Frappe 16
		frappe.db.delete("Permission Log", {"for_doctype": "User", "for_document": name})


def _disable_user(name: str) -> None:
	"""Disable a user that can't be deleted, because the password is public."""
	user = frappe.get_doc("User", name)
	user.enabled = 0
	user.save()


class _no_feed:
	"""Suppress Frappe's *Deleted* comment for each record, as during imports."""

	def __enter__(self):
		self.before = frappe.flags.in_import
		frappe.flags.in_import = True

	def __exit__(self, *_error):
		frappe.flags.in_import = self.before


def _explain(kept: list[str]) -> str:
	return f"Kept, because other records use them (users are disabled): {', '.join(sorted(kept))}."

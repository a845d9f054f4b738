"""Recipients of an invitation: participants with a valid e-mail address that isn't unsubscribed."""

from zoneinfo import ZoneInfo

import frappe
from frappe.utils import validate_email_address

from crm_interactions.activities import options
from crm_interactions.clock import site_time
from crm_interactions.controllers.addresses import read_addresses
from crm_interactions.invitations.ics import Person
from crm_interactions.platform.stored_text import as_typed

LANGUAGE = "language"


def list_invitees(doc) -> list[Person]:
	"""Return one person for each valid, not unsubscribed address, in lower case."""
	found = [person for row in doc.participants for person in _people_of(row)]
	refused = _unsubscribed([person.email for person in found])
	unique = {person.email: person for person in reversed(found) if person.email not in refused}
	return [*reversed(unique.values())]


def without_address(doc) -> list[str]:
	"""Return the names of the participants whom no invitation reaches."""
	reached = {person.email for person in list_invitees(doc)}
	return [
		_name_of(row)
		for row in doc.participants
		if not reached & {person.email for person in _people_of(row)}
	]


def names(doc) -> list[str]:
	"""Return a name of each participant: full name, else the linked record, else the e-mail address."""
	return [_name_of(row) for row in doc.participants]


def organizer(doc) -> Person:
	"""Return the responsible user, who invites and gets the replies; the user name replaces a missing address or name."""
	row = frappe.db.get_value("User", doc.responsible, ["email", "full_name"], as_dict=True) or {}
	name = as_typed(row.get("full_name")) or doc.responsible
	return Person((row.get("email") or doc.responsible).lower(), name)


def languages(doc, emails: list[str]) -> dict[str, str]:
	"""Return the language of each address: that of its enabled user, for others the partner's, else the site's."""
	partner = (
		frappe.db.get_value(doc.party_type, doc.party, LANGUAGE) if _has_language(doc.party_type) else None
	)
	users = frappe.get_all(
		"User", filters={"email": ("in", emails or [""]), "enabled": 1}, fields=["email", LANGUAGE]
	)
	own = {row.email.lower(): row.language for row in users}
	site = frappe.get_system_settings(LANGUAGE) or "en"
	return {email: own.get(email, partner) or site for email in emails}


def time_zones(emails: list[str]) -> dict[str, ZoneInfo]:
	"""Return the time zone of each address: that of its enabled user, for others the site's."""
	users = frappe.get_all(
		"User", filters={"email": ("in", emails or [""]), "enabled": 1}, fields=["name", "email"]
	)
	own = {row.email.lower(): site_time.zone_of(row.name) for row in users}
	return {email: own.get(email) or site_time.site_zone() for email in emails}


def _people_of(row) -> list[Person]:
	"""Return a person for each valid address of a row; Frappe's field allows more than one."""
	addresses = [address.lower() for address in read_addresses(row.email)]
	return [Person(address, _name_of(row)) for address in addresses if validate_email_address(address)]


def _name_of(row) -> str:
	return as_typed(row.full_name) or row.participant or row.email or ""


def _unsubscribed(emails: list[str]) -> set[str]:
	"""Return the addresses that have unsubscribed from all e-mails, which Frappe would skip silently."""
	rows = frappe.get_all(
		"Email Unsubscribe", filters={"email": ("in", emails or [""]), "global_unsubscribe": 1}, pluck="email"
	)
	return {email.lower() for email in rows}


def _has_language(doctype: str | None) -> bool:
	meta = options.meta_of(doctype)
	return bool(meta and meta.has_field(LANGUAGE))

"""Looks up type, partner, contact person and user of a draft on this site."""

from dataclasses import dataclass

import frappe

from crm_interactions.activities.options import meta_of
from crm_interactions.importing.exports import Draft
from crm_interactions.importing.readers import LeftOut
from crm_interactions.parties import contact_partners, contacts, matches, partners

NO_TYPE, NO_PARTNER, SEVERAL_PARTNERS, NO_CONTACT, NO_USER, SEVERAL_USERS = (
	*("no type", "no partner", "several partners", "no contact", "no user", "several users"),
)


@dataclass(frozen=True)
class Found:
	"""What a draft refers to; `contact` and `user` may be blank."""

	interaction_type: str
	party_type: str
	party: str
	contact: str
	user: str


class Finder:
	"""Looks up each text once, since an export repeats its partners and users; permissions of the session's user count."""

	def __init__(self):
		self.types: dict[str, str | None] = {}
		self.partners: dict[str, set[tuple[str, str]]] = {}
		self.matches: dict[str, list[dict]] = {}
		self.users: dict[str, list[str]] = {}

	def find(self, draft: Draft) -> Found:
		"""Return what a draft refers to; raise LeftOut with the missing or ambiguous name."""
		interaction_type = self._type(draft.medium)
		party_type, party = self._partner(draft)
		contact = self._contact(draft, party_type, party)
		user = self._user(draft.user) if draft.user else ""
		return Found(interaction_type, party_type, party, contact, user)

	def _type(self, medium: str) -> str:
		if medium not in self.types:
			of = {"medium": medium, "disabled": 0}
			self.types[medium] = frappe.db.get_value(
				"Interaction Type", of, order_by="creation asc, name asc"
			)
		if not self.types[medium]:
			raise LeftOut(NO_TYPE, expected=medium, column="kind")
		return self.types[medium]

	def _partner(self, draft: Draft) -> tuple[str, str]:
		"""Return the partner by its name, else by numbers and addresses, else by the names of contact persons."""
		told = ", ".join((*draft.partner, *draft.addresses, *draft.people))
		for found in (
			{partner for name in draft.partner for partner in self._partners_named(name)},
			{_party(row) for address in draft.addresses for row in self._matches(address)} - {None},
			{partner for name in draft.people for partner in self._partners_of_person(name)},
		):
			if len(found) > 1:
				names = ", ".join(sorted(name for _doctype, name in found))
				raise LeftOut(SEVERAL_PARTNERS, told, names, "partner")
			if found:
				return found.pop()
		raise LeftOut(NO_PARTNER, told, column="partner")

	def _partners_named(self, name: str) -> set[tuple[str, str]]:
		if name not in self.partners:
			self.partners[name] = {
				(doctype, found) for doctype in partners.party_types() for found in _named(doctype, name)
			}
		return self.partners[name]

	def _partners_of_person(self, name: str) -> set[tuple[str, str]]:
		linked = contact_partners.list_partners(_contacts_named(name))
		return {found[0] for found in linked.values()}

	def _contact(self, draft: Draft, party_type: str, party: str) -> str:
		"""Return the partner's only contact with one of the addresses, else with one of the names, else ""."""
		rows = [row for address in draft.addresses for row in self._matches(address)]
		for names in (
			[row["contact"] for row in rows if row["contact"]],
			[contact for name in draft.people for contact in _contacts_named(name)],
		):
			own = {name for name in names if contacts.belongs_to(name, party_type, party)}
			if len(own) == 1:
				return own.pop()
		if not (draft.addresses or draft.people):
			raise LeftOut(NO_CONTACT, column="people")
		return ""

	def _matches(self, address: str) -> list[dict]:
		"""Return the records that have exactly this number or address."""
		if address not in self.matches:
			self.matches[address] = [row for row in matches.find_matches(address) if row["exact"]]
		return self.matches[address]

	def _user(self, text: str) -> str:
		if text not in self.users:
			by_name = {"full_name": text, "user_type": "System User"}
			self.users[text] = frappe.get_all("User", {"name": text.lower()}, pluck="name") or frappe.get_all(
				"User", by_name, pluck="name"
			)
		if not (found := self.users[text]):
			raise LeftOut(NO_USER, text, column="user")
		if len(found) > 1:
			raise LeftOut(SEVERAL_USERS, text, ", ".join(found), "user")
		return found[0]


def _party(row: dict) -> tuple[str, str] | None:
	return (row["party_type"], row["party"]) if row["party"] else None


def _named(doctype: str, name: str) -> list[str]:
	"""Return the readable partners of a type with this name or title."""
	meta = meta_of(doctype)
	if not meta or not frappe.has_permission(doctype, "read"):
		return []
	fields = {"name", meta.get_title_field()}
	return frappe.get_list(doctype, or_filters=dict.fromkeys(fields, name), pluck="name", limit=2)


def _contacts_named(full_name: str) -> list[str]:
	return frappe.get_list("Contact", {"full_name": full_name}, pluck="name", limit=20)

"""Partners of documents, found through their references."""

from collections.abc import Iterable

from crm_interactions.parties import contact_partners, partners


def party_among(references: Iterable[tuple[str | None, str | None]]) -> tuple[str, str] | None:
	"""Return the first partner of a configured type among references, else the first one of their contacts, or None."""
	references = [(doctype, name) for doctype, name in references if doctype and name]
	known = partners.party_types()
	for doctype, name in references:
		if doctype in known:
			return doctype, name
	for doctype, name in references:
		if doctype == "Contact" and (found := contact_partners.find_partner(name)):
			return found
	return None

"""Configured partner and subject types, and the titles of partners."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import frappe
from frappe import _
from frappe.utils import cstr

from crm_interactions.activities import options
from crm_interactions.controllers.validation import LONGEST_LINE, bold, is_newly_chosen
from crm_interactions.exceptions import PartyTypeError
from crm_interactions.platform.stored_text import storable

# partners from which others are made
LEADS = ("Lead", "Prospect", "CRM Lead")


def party_types() -> list[str]:
	return [row.party_type for row in options.settings().party_types]


def subject_types() -> list[str]:
	return [row.subject_type for row in options.settings().subject_types]


def validate(doc) -> None:
	"""Check that newly chosen partner and subject have configured types, and that no name lacks its type.

	Raises: PartyTypeError, MandatoryError.
	"""
	_validate_pair(doc, "party_type", "party", party_types())
	_validate_pair(doc, "subject_type", "subject", subject_types())


def _validate_pair(doc, type_field: str, name_field: str, allowed: list[str]) -> None:
	doctype, name = doc.get(type_field), doc.get(name_field)
	if name and not doctype:
		frappe.throw(
			_("The {0} of {1} is missing. Choose it too.").format(
				bold(_(doc.meta.get_label(type_field))), bold(name)
			),
			frappe.MandatoryError,
		)
	if not name:
		return  # a type without a name is an unfinished form, not an error
	if doctype not in allowed and is_newly_chosen(doc, type_field, name_field):
		frappe.throw(
			_(
				"{0} is not one of the document types allowed as {1} ({2}). An administrator can add it in {3}."
			).format(
				bold(_(doctype)),
				_(doc.meta.get_label(name_field)),
				", ".join(_(d) for d in allowed) or _("none is configured"),
				bold(_(options.SETTINGS)),
			),
			PartyTypeError,
		)


def require_party(party_type: str, party: str) -> None:
	"""Raise PartyTypeError for a type that isn't configured, and DoesNotExistError for an unknown partner."""
	if party_type not in party_types():
		frappe.throw(
			_("{0} is no partner type. Choose one of: {1}.").format(
				bold(_(party_type)), ", ".join(_(one) for one in party_types())
			),
			PartyTypeError,
		)
	if not frappe.db.exists(party_type, party):
		frappe.throw(
			_("There is no {0} {1}. Choose another partner.").format(_(party_type), bold(party)),
			frappe.DoesNotExistError,
		)


def set_party_name(doc) -> None:
	"""Set the copy of the partner's title, without saving; None without a partner."""
	doc.party_name = get_title(doc.party_type, doc.party) if doc.party else None


def get_title(doctype: str, name: str) -> str:
	"""Return a document's title, cut to the length of its copies, or its name if it has no title or no meta."""
	meta = options.meta_of(doctype)
	title_field = meta.get_title_field() if meta else "name"
	if title_field == "name":
		return name
	return as_title(frappe.db.get_value(doctype, name, title_field)) or name


def list_titles(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""Return (type, name) → title, as of `get_title`, of partners; one query for each type with titles."""
	found = {}
	for doctype, of_type in groupby(sorted({*pairs}), key=itemgetter(0)):
		names = [name for _doctype, name in of_type]
		meta = options.meta_of(doctype)
		field = meta.get_title_field() if meta else "name"
		titles = {}
		if field != "name":
			rows = frappe.get_all(doctype, {"name": ("in", names)}, ["name", field], as_list=True)
			titles = {name: as_title(title) for name, title in rows}
		found |= {(doctype, name): titles.get(name) or name for name in names}
	return found


def as_title(value) -> str:
	"""Return a title as its copies hold it: `storable`, and cut to `LONGEST_LINE`; a title field may be a long text."""
	return storable(cstr(value))[:LONGEST_LINE]

"""Participants: linked records or plain text; contact details are copied from linked records (R5)."""

import frappe
from frappe import _

from crm_interactions.apps.installed import has_doctype
from crm_interactions.controllers.validation import bold, former_version
from crm_interactions.exceptions import PartyTypeError
from crm_interactions.parties import contacts, partners

OUR_TYPES = ("User", "Employee")
DETAILS = ("full_name", "email", "phone")
# fields of linked document types that hold a participant's details, best first
EMAIL_FIELDS = ("email_id", "email", "prefered_email", "company_email", "personal_email")
PHONE_FIELDS = ("mobile_no", "phone", "phone_no", "cell_number")


def allowed_types() -> list[str]:
	"""Return the allowed participant types: contacts, users, employees if the site has them, and partner types."""
	# cached for the request, since each row of each save asks
	people = [doctype for doctype in ("Contact", *OUR_TYPES) if has_doctype(doctype)]
	return [*people, *partners.party_types()]


def read_contact_details(participant_type: str, participant: str) -> dict[str, str]:
	"""Return `full_name`, `email` and `phone` of an existing record; blank ones are "". Permission isn't checked."""
	meta = frappe.get_meta(participant_type)
	title = meta.get_title_field()
	wanted = [field for field in (*EMAIL_FIELDS, *PHONE_FIELDS) if meta.has_field(field)]
	row = (
		frappe.db.get_value(participant_type, participant, [*dict.fromkeys([title, *wanted])], as_dict=True)
		or {}
	)
	return {
		"full_name": partners.as_title(row.get(title)) or participant,
		"email": _first(row, EMAIL_FIELDS),
		"phone": _first(row, PHONE_FIELDS),
	}


def fill_from_links(doc, table: str = "participants") -> None:
	"""Fill blank details of linked rows that are new or have no full name from records that the user may read.

	Blank sides are filled, too. A record that the user can't read gives its name only. A relinked row first loses
	details equal to those stored for its former link; if a full name remains, nothing is filled.
	"""
	if not doc.meta.has_field(table):
		return
	before = doc.get_doc_before_save()
	old_rows = {row.name: row for row in before.get(table)} if before else {}
	for row in doc.get(table):
		row.side = row.side or ("Ours" if row.participant_type in OUR_TYPES else "Theirs")
		old = old_rows.get(row.name)
		if old and _link_of(old) != _link_of(row):
			_clear_copied_details(row, old)
		if row.participant_type and row.participant and not (old and row.full_name):
			_fill_row(row)


def keep_answers(doc, before) -> None:
	"""Restore the answers to an invitation from the stored version; the server alone writes them."""
	if doc.meta.has_field("participants"):
		known = {row.name: row.answer for row in before.participants} if before else {}
		for row in doc.participants:
			row.answer = known.get(row.name)


def _link_of(row) -> tuple:
	return row.participant_type or None, row.participant or None


def _clear_copied_details(row, old) -> None:
	"""Clear details that still equal those of the formerly linked person."""
	for field in DETAILS:
		if old.participant and row.get(field) == old.get(field):
			row.set(field, None)


def _fill_row(row) -> None:
	if frappe.has_permission(row.participant_type, "read", doc=row.participant):
		for field, value in read_contact_details(row.participant_type, row.participant).items():
			row.set(field, row.get(field) or value)
	else:
		row.full_name = row.full_name or row.participant


def validate(doc) -> None:
	"""Check that rows without a link have a name, and check the new links, or all if the partner changed.

	Raises: PartyTypeError for a type that isn't allowed; MandatoryError without link and name; ContactMismatchError.
	"""
	if not doc.meta.has_field("participants"):
		return
	known = _known_links(doc)
	for row in doc.participants:
		if not row.participant:
			_require_name(row)
		elif (row.participant_type, row.participant) not in known:
			_validate_link(doc, row)


def _known_links(doc) -> set[tuple]:
	"""Return the document's contact, which `contacts.validate` has checked, and the links of its former version.

	These may stay as long as the partner does.
	"""
	before, checked = former_version(doc), ("Contact", doc.get("contact"))
	if not before or (before.party_type, before.party) != (doc.party_type, doc.party):
		return {checked}
	return {
		checked,
		("Contact", before.contact),
		*((row.participant_type, row.participant) for row in before.participants),
	}


def may_be_chosen(doc, row) -> bool:
	"""Return whether a participant may be chosen for a new activity with the partner of `doc`."""
	if not row.participant:
		return True
	if row.participant_type == "Contact":
		return contacts.belongs_to(row.participant, doc.party_type, doc.party)
	return row.participant_type in allowed_types()


def _require_name(row) -> None:
	if not (row.full_name or "").strip():
		frappe.throw(
			_("Row {0} has no participant. Choose a participant or type a full name.").format(row.idx),
			frappe.MandatoryError,
			title=_("Participant Is Missing"),
		)


def _validate_link(doc, row) -> None:
	require_allowed(row.participant_type)
	if row.participant_type == "Contact":
		contacts.require_belonging(doc, row.participant)


def require_allowed(participant_type: str) -> None:
	"""Raise PartyTypeError if the document type can't be a participant."""
	allowed = allowed_types()
	if participant_type not in allowed:
		frappe.throw(
			_("{0} can't be a participant. Choose one of: {1}.").format(
				bold(_(participant_type)), ", ".join(_(doctype) for doctype in allowed)
			),
			PartyTypeError,
		)


def _first(row, fields) -> str:
	return next((row[field] for field in fields if row.get(field)), "")

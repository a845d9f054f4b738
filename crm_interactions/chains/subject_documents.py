"""Documents that become the subject of a chain: created from the chain, or saved with a chosen chain (R20).

In both cases the document names the chain in the field FIELD. It receives the chain's participants before validation
and becomes the subject after the save.
"""

from importlib import import_module

import frappe
from frappe import _

from crm_interactions.chains import joining, locks, people, subject, submitted_chain
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChainClosedError
from crm_interactions.journal import registry, writer
from crm_interactions.parties import partners
from crm_interactions.visibility import journal_rows

FIELD = submitted_chain.CHOSEN
TABLE = "interaction_participants"
SAVEPOINT = "crm_interactions_subject"
# document types with their own mapping of chain fields; others are filled from their Source
MODULES = {
	"Opportunity": "erpnext.opportunity",
	"Quotation": "erpnext.quotation",
	"Sales Order": "erpnext.sales_order",
	"Issue": "erpnext.issue",
	"Project": "erpnext.project",
	"Campaign": "erpnext.campaign",
	"UTM Campaign": "erpnext.utm_campaign",
	"CRM Deal": "frappe_crm.crm_deal",
	"CRM Lead": "frappe_crm.crm_lead",
}


@locks.explain_conflicts
def create_document(chain: str, doctype: str) -> dict:
	"""Create a document from a chain with the user's rights, and make it the chain's subject, in place of any other.

	The document receives the participants of the readable activities, and links their contacts if its type can. A
	registered type enters the chain. After an error nothing is saved. A merged chain stands for its target.

	Returns: `doctype` and `name` of the document, `chain`, and `log`, the entry to undo the change of subject.

	Raises: PartyTypeError if the type isn't a subject type; ChainClosedError unless the chain is empty; PermissionError
		if the user may not create the document or write to the chain; MandatoryError naming required fields that the
		chain can't fill; DoesNotExistError; ChangedMeanwhileError; other errors of the document's own checks.
	"""
	subject.require_type(doctype)
	held = locks.hold_followed(chain)
	_refuse_closed(held)
	doc = frappe.new_doc(doctype)
	# subject types added by an administrator lack the field; the attribute lasts for this save
	doc.update({**initial_values(held, doctype), FIELD: held["name"]})
	frappe.db.savepoint(SAVEPOINT)
	try:
		doc.insert()
		done = _become_subject(doc, held["name"])
	except Exception as error:
		if locks.is_given_up(error):
			raise  # a deadlock also removes the savepoint, so the whole request fails
		frappe.db.rollback(save_point=SAVEPOINT)
		_raise_missing_fields(doc, error)
		raise
	return {"doctype": doctype, "name": doc.name, **done}


def initial_values(chain: dict, doctype: str) -> dict:
	"""Return the non-empty values that a chain provides for a new document of a type, by field name, without saving.

	Types of `MODULES` map the fields, and may use the participants that the user may read; others take title,
	responsible user and the partner, in the first link to its type. `chain` is a dict of a chain's fields.
	"""
	if module := _module(doctype):
		found = module.from_chain(chain, _readable_participants(chain["name"]))
	else:
		found = _values_from_source(chain, doctype)
	return {field: value for field, value in found.items() if value}


def before_validate(doc) -> None:
	"""If this save of a subject document chooses a chain, lock it and add its readable participants in memory.

	Raises: PermissionError for a chain that the user may not change, unless permissions are ignored; ChainClosedError,
		except for a restored document or an empty chain; DoesNotExistError; ChangedMeanwhileError.
	"""
	if not _is_chosen(doc):
		return
	chain = locks.hold_followed(doc.get(FIELD))
	if not doc.flags.ignore_permissions:
		frappe.get_doc(locks.CHAIN, chain["name"]).check_permission("write")
	if not doc.flags.came_as:  # a restored document was in the chain before it closed
		_refuse_closed(chain)
	_take_participants(doc, _readable_participants(chain["name"]))


def adopt_subject(doc) -> None:
	"""If this save chooses a chain, make the document its subject, logging it, and link the document's contacts.

	The chain of the document's row is joined to the chosen one without confirmation, unless that one has only cancelled
	activities or none. A chain keeps another subject, and a message says so. Rights aren't checked; contacts are saved
	ignoring permissions. Raises ValidationError for a cancelled document to join; ChangedMeanwhileError.
	"""
	if not _is_chosen(doc) or not frappe.db.exists(doc.doctype, doc.name):
		return  # Frappe CRM sets single fields of a deal before inserting it
	_link_contacts(doc)
	chain = _join(doc, doc.get(FIELD))
	if not chain["subject"]:
		subject.set_for_chain(chain["name"], doc.doctype, doc.name)
	elif (chain["subject_type"], chain["subject"]) != (doc.doctype, doc.name):
		names = bold(chain["name"]), bold(chain["subject"])
		text = _("{0} keeps its subject {1}. To change it, set the subject of the chain.")
		frappe.msgprint(text.format(*names), alert=True)


def on_trash(doc) -> None:
	"""Clear a document of a subject type in its chains, and log it; unlink its contacts, which block the deletion."""
	if doc.doctype not in partners.subject_types():
		return
	subject.clear_subject(doc.doctype, doc.name)
	unlink = getattr(_module(doc.doctype), "unlink_contacts", None)
	if unlink and doc.get(FIELD):
		unlink(doc)


def _is_chosen(doc) -> bool:
	"""Return whether this save chooses a chain; cheap checks come first, as this runs for documents of all types."""
	chosen = doc.get(FIELD)
	if not chosen or doc.doctype not in partners.subject_types():
		return False
	before = doc.get_doc_before_save()
	return not before or before.get(FIELD) != chosen


def _readable_participants(chain: str) -> list[dict]:
	"""Return the participants that the user may read; the document will show them to other users."""
	return people.list_participants(chain, journal_rows.row_condition())


def _refuse_closed(chain: dict) -> None:
	if chain["status"] == "Closed" and chain["activity_count"]:
		frappe.throw(
			_("The chain {0} is closed. Reopen it first, or choose another one.").format(bold(chain["name"])),
			ChainClosedError,
			title=_("Chain Is Closed"),
		)


def _module(doctype: str):
	path = MODULES.get(doctype)
	return import_module(f"crm_interactions.integrations.{path}") if path else None


def _values_from_source(chain: dict, doctype: str) -> dict:
	"""Return values for a type's title, responsible user (from its Source) and first link to the partner's type."""
	meta, source = frappe.get_meta(doctype), registry.get_source(doctype)
	titles = source.title if source else (meta.title_field,)
	found = {fieldname: chain["title"] for fieldname in titles[:1] if _is_text(meta, fieldname)}
	found |= dict.fromkeys((source.responsible if source else ())[:1], chain["responsible"])
	for df in meta.get("fields", {"fieldtype": "Link", "options": chain["party_type"] or ""})[:1]:
		found[df.fieldname] = chain["party"]
	return found


def _is_text(meta, fieldname: str | None) -> bool:
	df = meta.get_field(fieldname) if fieldname else None
	return bool(df) and df.fieldtype in ("Data", "Small Text", "Text") and not df.read_only


def _take_participants(doc, participants: list[dict]) -> None:
	"""Let the type's module place contacts; append the other participants to the table, if the type has one."""
	linked = [row for row in participants if row["participant_type"] == "Contact"]
	take = getattr(_module(doc.doctype), "take_contacts", None)
	placed = take(doc, linked) if take and linked else []
	doc.flags.chain_contacts = placed
	if not doc.meta.has_field(TABLE):
		return
	present = {people.participant_key(row) for row in (*placed, *doc.get(TABLE))}
	for row in participants:
		if people.participant_key(row) not in present:
			doc.append(TABLE, {field: row[field] for field in people.FIELDS})


def _link_contacts(doc) -> None:
	link = getattr(_module(doc.doctype), "link_contacts", None)
	if link:
		link(doc, doc.flags.chain_contacts or [])


def _join(doc, chosen: str) -> dict:
	"""Return the chosen chain, locked, after joining the document's previous chain to it."""
	chain, row = locks.hold_followed(chosen), writer.find_row(doc.doctype, doc.name)
	if not row or row["chain"] == chain["name"]:
		return chain
	valid, pair = {"chain": chain["name"], "status": ("!=", "Cancelled")}, ["activity_type", "activity"]
	last = frappe.db.get_value(writer.ROW, valid, pair, order_by="activity_date desc, name desc")
	if not last:
		return chain
	# choosing the chain for this document already confirms the questions of *Link…*
	joining.join((doc.doctype, doc.name), last, across_partners=True, reopen=True)
	return locks.hold_followed(chosen)


def _become_subject(doc, chain: str) -> dict:
	"""Make a new document the subject of its chain, replacing any other; return `chain` and `log`."""
	done = subject.set_for_chain(chain, doc.doctype, doc.name)
	if done["log"]:
		return done
	entry = {"chain": done["chain"], "subject_type_after": doc.doctype, "subject_after": doc.name}
	entry["action"] = "Subject"
	return {**done, "log": frappe.db.get_value("Interaction Chain Log", entry, order_by="creation desc")}


def _raise_missing_fields(doc, error: Exception) -> None:
	"""Raise MandatoryError naming missing required fields, if another app failed on them before Frappe's own check."""
	foreign = isinstance(error, frappe.ValidationError | AttributeError | TypeError | KeyError)
	if not foreign or isinstance(error, frappe.MandatoryError):
		return
	missing = [df.label for df in doc.meta.get("fields", {"reqd": 1}) if not doc.get(df.fieldname)]
	if missing:
		frappe.throw(
			_(
				"{0} requires fields that the chain can't fill: {1}. Create it manually and choose the chain there."
			).format(_(doc.doctype), ", ".join(bold(_(label)) for label in missing)),
			frappe.MandatoryError,
			title=_("Fields Are Missing"),
		)

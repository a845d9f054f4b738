"""Making the subject of a chain from the chain itself, and taking a document that names a chain as its subject.

Both are one: a document of a subject type names its chain in the field FIELD. While it is saved it gets the
participants, and once it is there the chain is about it (R20).
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
# where a document type says itself what a chain can fill; the others are filled by their description
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
	"""Make a document of a subject type from a chain, with the user's own rights.

	It gets the participants of those activities that the user may read.

	Returns: `doctype` and `name` of the document, `chain` and `log`, the entry to undo the change of subject.

	Raises: PartyTypeError; ChainClosedError; PermissionError; MandatoryError with what its type asks for and the
		chain can't tell.
	"""
	subject.require_type(doctype)
	held = locks.hold_followed(chain)
	_refuse_closed(held)
	doc = frappe.new_doc(doctype)
	# document types that an administrator added have no such field; their document knows it while it is saved
	doc.update({**initial_values(held, doctype), FIELD: held["name"]})
	frappe.db.savepoint(SAVEPOINT)
	try:
		doc.insert()
		done = _become_subject(doc, held["name"])
	except Exception as error:
		if locks.is_given_up(error):
			raise  # a deadlock has taken the savepoint with it, and the request is given up as a whole
		frappe.db.rollback(save_point=SAVEPOINT)
		_name_missing(doc, error)
		raise
	return {"doctype": doctype, "name": doc.name, **done}


def initial_values(chain: dict, doctype: str) -> dict:
	"""Return the fields of a document of this type that a chain can fill.

	Args:
		chain: with `name`, `title`, `party_type`, `party` and `responsible`.
	"""
	module = _module(doctype)
	if module:
		found = module.from_chain(chain, _people_of(chain["name"]))
	else:
		found = _by_description(chain, doctype)
	return {field: value for field, value in found.items() if value}


def before_validate(doc) -> None:
	"""Somebody has just chosen a chain for this document: it gets the participants, before anything is checked.

	Raises: PermissionError for a chain that he may not change; ChainClosedError.
	"""
	if not _is_chosen(doc):
		return
	chain = locks.hold_followed(doc.get(FIELD))
	if not doc.flags.ignore_permissions:
		frappe.get_doc(locks.CHAIN, chain["name"]).check_permission("write")
	if not doc.flags.came_as:  # what is restored was there before the chain was closed
		_refuse_closed(chain)
	_take_participants(doc, _people_of(chain["name"]))


def adopt_subject(doc) -> None:
	"""The document is saved: the chain that was chosen is about it now, unless that is about something already."""
	if not _is_chosen(doc) or not frappe.db.exists(doc.doctype, doc.name):
		return  # Frappe CRM writes single fields of a deal before it is there
	_link_contacts(doc)
	chain = _join(doc, doc.get(FIELD))
	if not chain["subject"]:
		subject.set_for_chain(chain["name"], doc.doctype, doc.name)
	elif (chain["subject_type"], chain["subject"]) != (doc.doctype, doc.name):
		frappe.msgprint(
			_("{0} stays about {1}. To change that, set the subject of the chain.").format(
				bold(chain["name"]), bold(chain["subject"])
			),
			alert=True,
		)


def on_trash(doc) -> None:
	"""No chain is about what is being deleted; the platform would refuse to delete it while one is."""
	if doc.doctype not in partners.subject_types():
		return
	subject.clear_subject(doc.doctype, doc.name)
	unlink = getattr(_module(doc.doctype), "unlink_contacts", None)
	if unlink and doc.get(FIELD):
		unlink(doc)


def _is_chosen(doc) -> bool:
	"""Whether this save chooses a chain. First what costs nothing: it is asked of every document there is."""
	chosen = doc.get(FIELD)
	if not chosen or doc.doctype not in partners.subject_types():
		return False
	before = doc.get_doc_before_save()
	return not before or before.get(FIELD) != chosen


def _people_of(chain: str) -> list[dict]:
	"""Those whom the user finds in the chain himself: the document shows them to others."""
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


def _by_description(chain: dict, doctype: str) -> dict:
	"""Fill what the journal reads of this document type, or else its title and a link to such a partner."""
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
	"""Contacts go where the document type keeps its contacts, all others into the table of participants."""
	linked = [row for row in participants if row["participant_type"] == "Contact"]
	take = getattr(_module(doc.doctype), "take_contacts", None)
	placed = take(doc, linked) if take and linked else []
	doc.flags.chain_contacts = placed
	if not doc.meta.has_field(TABLE):
		return
	there = {people.participant_key(row) for row in (*placed, *doc.get(TABLE))}
	for row in participants:
		if people.participant_key(row) not in there:
			doc.append(TABLE, {field: row[field] for field in people.FIELDS})


def _link_contacts(doc) -> None:
	link = getattr(_module(doc.doctype), "link_contacts", None)
	if link:
		link(doc, doc.flags.chain_contacts or [])


def _join(doc, chosen: str) -> dict:
	"""Return the chosen chain, held; a document that was in another one before brings that along."""
	chain, row = locks.hold_followed(chosen), writer.find_row(doc.doctype, doc.name)
	if not row or row["chain"] == chain["name"]:
		return chain
	last = frappe.db.get_value(
		writer.ROW,
		{"chain": chain["name"], "status": ("!=", "Cancelled")},
		["activity_type", "activity"],
		order_by="activity_date desc, name desc",
	)
	if not last:
		return chain
	# who chose this chain for this document has answered what *Link…* would ask
	joining.join((doc.doctype, doc.name), last, across_partners=True, reopen=True)
	return locks.hold_followed(chosen)


def _become_subject(doc, chain: str) -> dict:
	"""Where a document is made for it, the chain is about that, whatever it was about before."""
	done = subject.set_for_chain(chain, doc.doctype, doc.name)
	entry = {"chain": done["chain"], "subject_type_after": doc.doctype, "subject_after": doc.name}
	log = done["log"] or frappe.db.get_value(
		"Interaction Chain Log", {**entry, "action": "Subject"}, order_by="creation desc"
	)
	return {"chain": done["chain"], "log": log}


def _name_missing(doc, error: Exception) -> None:
	"""Say which fields are missing, where another app stumbled over that before the platform looked.

	Raises: MandatoryError.
	"""
	if not isinstance(error, frappe.ValidationError | AttributeError | TypeError | KeyError):
		return
	if isinstance(error, frappe.MandatoryError):
		return
	missing = [df.label for df in doc.meta.get("fields", {"reqd": 1}) if not doc.get(df.fieldname)]
	if missing:
		frappe.throw(
			_(
				"{0} needs more than the chain can tell: {1}. Make it by hand and choose the chain there."
			).format(_(doc.doctype), ", ".join(bold(_(label)) for label in missing)),
			frappe.MandatoryError,
			title=_("Fields Are Missing"),
		)

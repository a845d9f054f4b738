"""A planned interaction turns into a call, an e-mail, an SMS or a meeting once that is known (R25).

Another kind of interaction is another type. A meeting is another document type: the document moves there with all that
hangs on it, its row of the journal goes with it, and nothing is left behind.
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.dynamic_links import get_dynamic_link_map
from frappe.model.naming import set_new_name
from frappe.utils import escape_html

from crm_interactions.chains import locks
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import calendar, planned
from crm_interactions.journal import attachments, dynamic_links, writer
from crm_interactions.visibility import audiences

# where the platform keeps a document's name as text: document type, field of the type, field of the name
NAMED_AS_TEXT = (
	("File", "attached_to_doctype", "attached_to_name"),
	("Version", "ref_doctype", "docname"),
	("Notification Log", "document_type", "document_name"),
	("Email Queue", "reference_doctype", "reference_name"),
)
# what the platform keeps of a document in columns of its own
OF_THE_PLATFORM = ("_assign", "_comments", "_liked_by", "_user_tags", "_seen")
NOT_TAKEN_ALONG = ("naming_series", "amended_from")


@locks.explain_conflicts
def convert(doc, interaction_type: str):
	"""Turn a planned activity into one of another type.

	Args:
		doc: a planned Interaction or Meeting that the session's user may write.
		interaction_type: name of an Interaction Type; one of the medium Meeting makes it a Meeting.

	Returns: the document, which is another one after it became a Meeting.

	Raises: ValidationError when it isn't planned any more; what saving the new kind refuses; the platform's PermissionError.
	"""
	doc.check_permission("write")
	if doc.status != "Planned" or doc.completed:
		frappe.throw(
			_("{0} is {1}; only what is planned turns into something else.").format(
				bold(doc.name), _(doc.status)
			),
			title=_("Not Planned"),
		)
	if not frappe.db.exists("Interaction Type", interaction_type):
		frappe.throw(
			_("There is no type {0}. Choose one that is there.").format(bold(interaction_type)),
			frappe.DoesNotExistError,
		)
	doctype = planned.doctype_of(interaction_type)
	if doctype != doc.doctype:
		return become(doc, doctype, interaction_type)
	doc.interaction_type = interaction_type
	doc.save()
	return doc


def become(doc, doctype: str, interaction_type: str):
	"""Move an activity to another document type, with all that hangs on it.

	Args:
		doc: a saved Interaction or Meeting.
		doctype: the other of the two.
		interaction_type: its type there.

	Returns: the new document.

	Raises: the platform's PermissionError for who may not create it; ValidationError where a document type of another app
		has a plain link to it, which can't point to the new one.
	"""
	locks.hold_chain_if_exists(doc.chain)
	new = _copied(doc, doctype)
	new.interaction_type = interaction_type
	set_new_name(new)
	# its number is drawn already, and its links are those of the document that it was
	new.flags.name_set = new.flags.converted = True
	_empty_tables(doc)
	row = writer.find_row(doc.doctype, doc.name, lock=True)
	if row:
		writer.change_activity(row, new.doctype, new.name)
	new.check_permission("create")
	# which was asked for above; what a supervisor remarked moves along, whoever converts
	new.insert(ignore_permissions=True)
	_move_links((doc.doctype, doc.name), (new.doctype, new.name))
	_move_columns(doc, new)
	# its maker, its assignments and what was shared came by queries
	audiences.refresh_audiences(new.doctype, [new.name])
	attachments.update_mark(new.doctype, new.name)
	_remark(doc, new)
	# it lives on under another name, so whoever may change it needs no right to delete, and it can't be restored
	frappe.delete_doc(doc.doctype, doc.name, ignore_permissions=True, delete_permanently=True)
	new.reload()
	calendar.describe_again(new)
	return new


def _empty_tables(doc) -> None:
	"""What it has reserved is free for what it becomes."""
	for df in doc.meta.get_table_fields():
		frappe.db.delete(df.options, {"parent": doc.name, "parenttype": doc.doctype})


def _move_columns(doc, new) -> None:
	there = set(frappe.db.get_table_columns(doc.doctype)) & set(frappe.db.get_table_columns(new.doctype))
	columns = [column for column in OF_THE_PLATFORM if column in there]
	values = frappe.db.get_value(doc.doctype, doc.name, [*columns, "owner", "creation"], as_dict=True)
	frappe.db.set_value(new.doctype, new.name, values, update_modified=False)


def _copied(doc, doctype: str):
	new = frappe.new_doc(doctype)
	for df in doc.meta.fields:
		if df.fieldname in NOT_TAKEN_ALONG or not new.meta.has_field(df.fieldname):
			continue
		if df.fieldtype in table_fields:
			new.set(df.fieldname, [_row(row) for row in doc.get(df.fieldname)])
		elif df.fieldtype not in no_value_fields:
			new.set(df.fieldname, doc.get(df.fieldname))
	return new


def _row(row) -> dict:
	head = (
		"name",
		"parent",
		"parenttype",
		"parentfield",
		"owner",
		"creation",
		"modified",
		"modified_by",
		"docstatus",
	)
	return {key: value for key, value in row.as_dict().items() if key not in head}


def _remark(doc, new) -> None:
	"""Say under which number it was known, and what the new document type has no field for."""
	lost = [
		f"{_(df.label)}: {doc.get_formatted(df.fieldname)}"
		for df in doc.meta.fields
		if df.fieldtype not in no_value_fields
		and not new.meta.has_field(df.fieldname)
		and doc.get(df.fieldname)
		and df.fieldname not in NOT_TAKEN_ALONG
	]
	text = escape_html(_("turned {0} {1} into this").format(_(doc.doctype), doc.name))
	new.add_comment("Info", "<br>".join([text, *(escape_html(line) for line in lost)]))


def _move_links(old: tuple[str, str], new: tuple[str, str]) -> None:
	pairs = {
		(df.parent, df.options, df.fieldname)
		for df in get_dynamic_link_map().get(old[0], [])
		if not frappe.get_meta(df.parent).issingle and not frappe.get_meta(df.parent).get("is_virtual")
	}
	for doctype, type_field, name_field in sorted(pairs | {*NAMED_AS_TEXT}):
		table = frappe.qb.DocType(doctype)
		(
			frappe.qb.update(table)
			.set(table[type_field], new[0])
			.set(table[name_field], new[1])
			.where((table[type_field] == old[0]) & (table[name_field] == old[1]))
		).run()
		dynamic_links.announce_type(doctype, type_field, new[0])

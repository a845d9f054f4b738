"""Conversion of a planned activity into a call, an e-mail, an SMS or a meeting (R25).

Interactions differ only in their type. A meeting is another DocType: the conversion creates a new document, moves the
journal row and all references to it, and deletes the old one.
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.model.dynamic_links import get_dynamic_link_map
from frappe.model.naming import set_new_name
from frappe.utils import cstr

from crm_interactions.chains import locks
from crm_interactions.controllers.validation import bold
from crm_interactions.followups import calendar, planned
from crm_interactions.invitations import plain_text
from crm_interactions.journal import attachments, dynamic_links, writer
from crm_interactions.platform.stored_text import as_html
from crm_interactions.visibility import audiences

# DocTypes in which Frappe stores references as text, with the fields of type and name
NAMED_AS_TEXT = (
	("File", "attached_to_doctype", "attached_to_name"),
	("Version", "ref_doctype", "docname"),
	("Notification Log", "document_type", "document_name"),
	("Email Queue", "reference_doctype", "reference_name"),
)
# Frappe's own columns of a document
FRAPPE_COLUMNS = ("_assign", "_comments", "_liked_by", "_user_tags", "_seen")
NOT_COPIED = ("naming_series", "amended_from")


@locks.explain_conflicts
def convert(doc, interaction_type: str):
	"""Convert a planned activity to another type and save it; for the other DocType, `become` replaces the document.

	`interaction_type` is the name of an Interaction Type; the medium Meeting makes a Meeting, any other an Interaction.

	Returns: the saved document, also if it has this type already; a new one if the DocType changes.

	Raises: PermissionError without permission to write, or to create the new document; ValidationError if the activity
		isn't planned, or if the type is disabled, switched off or requires more values; DoesNotExistError for an
		unknown type; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	doc.check_permission("write")
	if doc.status != "Planned" or doc.completed:
		frappe.throw(
			_("{0} is {1} and can't be turned into another type. Choose a planned activity.").format(
				bold(doc.name), _(doc.status)
			),
			title=_("Not Planned"),
		)
	if not frappe.db.exists("Interaction Type", interaction_type):
		frappe.throw(
			_("The type {0} doesn't exist. Choose an existing type.").format(bold(interaction_type)),
			frappe.DoesNotExistError,
		)
	doctype = planned.doctype_of(interaction_type)
	if doctype != doc.doctype:
		return become(doc, doctype, interaction_type)
	doc.interaction_type = interaction_type
	doc.save()
	return doc


def become(doc, doctype: str, interaction_type: str):
	"""Move a saved Interaction or Meeting to the other DocType, with journal row, references, assignments and shares.

	The old document is deleted for good, without a check of status or delete permission. Owner and creation stay; a
	comment lists the values for which the new DocType has no field. The Event gets the new category and description.

	Returns: the new document, under a new name.

	Raises: PermissionError if the user may not create it; ValidationError if it is invalid, or if a Link field of
		another app refers to the old one; CompletedError for a completed one; ChangedMeanwhileError after a deadlock or
		lock timeout.
	"""
	locks.hold_chain_if_exists(doc.chain)
	new = _copied(doc, doctype)
	new.interaction_type = interaction_type
	set_new_name(new)
	# the name is set already, and fields that only the server writes come from the old document
	new.flags.name_set = new.flags.converted = True
	# its values aren't chosen again: a contact may have left the partner since, a category may be disabled
	new.flags.former = doc
	_empty_tables(doc)
	row = writer.find_row(doc.doctype, doc.name, lock=True)
	if row:
		writer.change_activity(row, new.doctype, new.name)
	new.check_permission("create")
	# the permission is checked above; a supervisor's fields move too, without the user's right to write them
	new.insert(ignore_permissions=True)
	_move_links((doc.doctype, doc.name), (new.doctype, new.name))
	_move_columns(doc, new)
	# owner, assignments and shares were moved by queries
	audiences.refresh_audiences(new.doctype, [new.name])
	attachments.update_mark(new.doctype, new.name)
	_remark(doc, new)
	# the activity lives on in the new document: no right to delete is needed, and nothing is left to restore
	frappe.delete_doc(doc.doctype, doc.name, ignore_permissions=True, delete_permanently=True)
	new.reload()
	calendar.refresh_content(new)
	return new


def _empty_tables(doc) -> None:
	"""Delete the rows of the old document, so that its resources are free for the new one."""
	for df in doc.meta.get_table_fields():
		frappe.db.delete(df.options, {"parent": doc.name, "parenttype": doc.doctype})


def _move_columns(doc, new) -> None:
	common = set(frappe.db.get_table_columns(doc.doctype)) & set(frappe.db.get_table_columns(new.doctype))
	columns = [column for column in FRAPPE_COLUMNS if column in common]
	values = frappe.db.get_value(doc.doctype, doc.name, [*columns, "owner", "creation"], as_dict=True)
	frappe.db.set_value(new.doctype, new.name, values, update_modified=False)


def _copied(doc, doctype: str):
	new = frappe.new_doc(doctype)
	for df in doc.meta.fields:
		if df.fieldname in NOT_COPIED or not new.meta.has_field(df.fieldname):
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
	"""Add a comment with the old name and the values for which the new DocType has no field."""
	lost = [
		f"{_(df.label)}: {plain_text.of_html(cstr(doc.get_formatted(df.fieldname)))}"
		for df in doc.meta.fields
		if df.fieldtype not in no_value_fields
		and not new.meta.has_field(df.fieldname)
		and doc.get(df.fieldname)
		and df.fieldname not in NOT_COPIED
	]
	text = _("turned {0} {1} into this").format(_(doc.doctype), doc.name)
	lines = "\n".join([text, *lost])
	new.add_comment("Info", as_html(lines).replace("\n", "<br>"))


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

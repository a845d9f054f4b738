"""The columns that the visibility predicate reads, logged for a leader and for a user without a team."""

import frappe

from crm_interactions.visibility import (
	audience_members,
	condition,
	files_and_tags,
	hooks,
	journal_rows,
	predicate,
	reporting_lines,
)
from tests.permissions import columns_read
from tests.site.factories import contact, interaction, meeting, partner, product_record, user

ALONE, LEADER = "alone@predicate.example.com", "leader@predicate.example.com"


def columns() -> set[columns_read.Column]:
	"""Return the columns that the predicate reads, from records that are rolled back."""
	try:
		return columns_read.read_by(*_calls())
	finally:
		frappe.db.rollback()


def _calls() -> list:
	calls = [reporting_lines.list_direct_pairs]
	for doc in _records():
		calls.append(lambda doc=doc: audience_members.read_members(doc.doctype, [doc.name]))
		calls.append(lambda doc=doc: audience_members.of_saved(frappe.get_doc(doc.doctype, doc.name)))
		calls += [*_calls_for_reader(doc, LEADER), *_calls_for_reader(doc, ALONE)]
	return calls


def _calls_for_reader(doc, reader: str) -> list:
	row = frappe.get_doc("Activity Link", {"activity": doc.name})
	return [
		lambda: predicate.may_see(frappe.get_doc(doc.doctype, doc.name), reader),
		lambda: _listed(doc.doctype, predicate.activity_condition(doc.doctype, reader)),
		lambda: _listed("Activity Link", hooks.activity_link_conditions(reader)),
		lambda: _listed("Activity Link", journal_rows.rows_text(reader)),
		lambda: _listed("Interaction Chain", hooks.interaction_chain_conditions(reader)),
		lambda: _listed("Interaction Chain", journal_rows.chains_text(reader)),
		lambda: _listed("Interaction Participant", hooks.part_conditions(reader, "Interaction Participant")),
		lambda: _listed("File", files_and_tags.files_text(reader)),
		lambda: journal_rows.may_read_row(row, reader),
		lambda: journal_rows.may_read_chain(doc.chain, None, reader),
		lambda: frappe.has_permission(doc.doctype, "read", doc=doc.name, user=reader),
	]


def _listed(doctype: str, text: str):
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(table).select(table.name).limit(1)
	return (query.where(condition.Condition(text)) if text else query).run()


def _records() -> list:
	for name in (ALONE, LEADER):
		user(name, "Interaction User")
	team = {"team_name": "Predicate", "leader": LEADER, "members": [{"user": ALONE}]}
	frappe.get_doc({"doctype": "Interaction Team", **team}).insert()
	shop = partner("Predicate Trade")
	participants = [
		{"participant_type": "Contact", "participant": contact(shop).name, "side": "Theirs"},
		{"participant_type": "User", "participant": ALONE, "side": "Ours"},
	]
	if has_employees():
		participants.append({"participant_type": "Employee", "participant": employee().name, "side": "Ours"})
	made = [interaction(shop, participants=participants), meeting(shop, participants=participants)]
	return [*made, product_record(shop)]


def has_employees() -> bool:
	return bool(frappe.db.exists("DocType", "Employee"))


def employee():
	"""Return a new employee of ERPNext without a user."""
	person = {"first_name": "Predicate", "gender": "Other", "date_of_birth": "1990-01-01"}
	work = {"date_of_joining": "2020-01-01", "company": frappe.defaults.get_global_default("company")}
	return frappe.get_doc({"doctype": "Employee", **person, **work}).insert()

"""Text too long for its column is refused with a sentence, on every platform and through every interface."""

import frappe
import pytest
from frappe.model import table_fields

from crm_interactions.api import activity, chain
from crm_interactions.controllers import validation
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.handover import transfer_log
from crm_interactions.parties import partners
from tests.site.api_calls import path
from tests.site.door import at, call
from tests.site.factories import interaction, meeting

pytestmark = pytest.mark.records_only
TEXT = {"text", "varchar", "longtext", "json"}
FITS = "ж" * 32_767 + "a"  # 65,535 bytes
LONG = FITS + "a"
# Frappe stores each & as five characters
GROWING = "<b>" + "&" * 20_000 + "</b>"
DEEP = "[" * 20_000 + "<b>x</b>"
# written by the server only, which shortens or refuses long text
BY_SERVER = {"Interaction Chain Log", "Interaction Hand Over", "Interaction Hand Over Entry", "Activity Link"}


def doctypes() -> list[str]:
	return frappe.get_all("DocType", {"module": "CRM Interactions", "is_virtual": 0}, pluck="name")


def fields_of(doctype: str, column: str) -> list:
	return [df for df in frappe.get_meta(doctype).fields if validation.COLUMNS.get(df.fieldtype) == column]


def test_the_columns_match_those_of_the_database():
	if frappe.db.db_type != "mariadb":
		pytest.skip("the rule follows MariaDB, the database with the narrowest columns")
	known = {fieldtype: column for fieldtype, (column, _size) in frappe.db.type_map.items() if column in TEXT}
	assert {
		fieldtype: column.replace("json", "longtext") for fieldtype, column in known.items()
	} == validation.COLUMNS
	assert int(frappe.db.VARCHAR_LEN) == validation.LONGEST_LINE


def test_each_text_field_has_a_limit():
	seen = 0
	for doctype in doctypes():
		for df in fields_of(doctype, "text"):
			doc = frappe.new_doc(doctype)
			doc.set(df.fieldname, FITS)
			validation.require_room(doc)
			doc.set(df.fieldname, LONG)
			with pytest.raises(
				frappe.CharacterLengthExceededError, match="65,536 bytes; the limit is 65,535"
			):
				validation.require_room(doc)
			seen += 1
	assert seen > 15


def test_each_document_that_users_write_is_checked():
	for doctype in doctypes():
		meta = frappe.get_meta(doctype)
		if meta.istable or doctype in BY_SERVER or not fields_of(doctype, "text"):
			continue
		assert isinstance(frappe.new_doc(doctype), PlainDocument), doctype


def test_rows_are_checked_and_named_in_the_refusal():
	for doctype in doctypes():
		for table in frappe.get_meta(doctype).get("fields", {"fieldtype": ("in", table_fields)}):
			for df in fields_of(table.options, "text"):
				doc = frappe.new_doc(doctype)
				doc.append(table.fieldname, {df.fieldname: LONG})
				with pytest.raises(frappe.CharacterLengthExceededError, match="in row 1 takes 65,536 bytes"):
					validation.require_room(doc)


def refused(verb: str, where: str, values: dict) -> None:
	answer = call(verb, where, values)
	assert answer.refused, f"{where} {[*values]}: {answer.status} {answer.error!r:.300}"
	assert any("Shorten the text" in told for told in answer.messages), answer.messages
	assert sum(map(len, answer.messages)) < 1_000, "the text itself is no part of the message"


def test_long_text_sent_through_rest_is_refused():
	recorded, planned = interaction(), meeting(status="Planned", starts_on="2099-11-23 10:00:00")
	category = frappe.get_all("Interaction Category", pluck="name", limit=1)[0]
	for text in (LONG, GROWING):
		refused("PUT", at("Interaction", recorded.name), {"reason": text})
		refused("PUT", at("Interaction", recorded.name), {"products": [{"product": "Pump", "notes": text}]})
		refused("PUT", at("Meeting", planned.name), {"place": text})
		refused("PUT", at("Interaction Category", category), {"description": text})
	refused("PUT", at("Interaction", recorded.name), {"title": "<b>" + "&" * 130 + "</b>"})
	refused("PUT", at("Interaction", recorded.name), {"notes": "a" * (validation.LONGEST_TEXT + 1)})
	kept = call("PUT", at("Interaction", recorded.name), {"reason": FITS}, keep=True)
	assert kept.status == 200, kept.text
	assert frappe.db.get_value("Interaction", recorded.name, "reason") == FITS
	deep = call("PUT", at("Interaction", recorded.name), {"notes": DEEP})
	assert deep.refused, deep.error


def test_long_text_sent_to_methods_is_refused():
	recorded, completed = interaction(), interaction(completed=1)
	one = {"activity_type": "Interaction", "activity": recorded.name}
	done = {**one, "activity": completed.name}
	for text in (LONG, GROWING):
		refused("POST", f"method/{path(activity.complete)}", {**one, "then": "close", "reason": text})
		refused("POST", f"method/{path(activity.reopen)}", {**done, "reason": text})
		refused("POST", f"method/{path(chain.close)}", {"chain": recorded.chain, "reason": text})
	for plan in ({"next_title": "a" * 200}, {"next_title": "<b>" + "&" * 130 + "</b>"}):
		for asked in (one, done):
			sent = {**asked, "next": {"next_in": 2, "next_unit": "Days", **plan}}
			answer = call("POST", f"method/{path(activity.plan_next)}", sent)
			assert answer.refused, f"{plan}: {answer.status} {answer.error!r:.300}"
	wrong = {**done, "next": {"next_in": 2, "next_unit": "Days", "next_doctype": "User"}}
	assert call("POST", f"method/{path(activity.plan_next)}", wrong).refused
	many = {"activity_type": "Interaction", "activities": [recorded.name], "then": "close", "reason": LONG}
	answer = call("POST", f"method/{path(activity.complete_many)}", many)
	assert answer.status == 200 and "Shorten the text" in answer.text


def test_long_text_written_by_the_server_is_shortened():
	name = transfer_log.write_entry("none", "Interaction", "none", transfer_log.LEFT, reason="ж" * 40_000)
	assert frappe.db.get_value(transfer_log.ENTRY, name, "reason") == "ж" * 32_767
	transfer_log.mark_entry(name, transfer_log.KEPT, LONG)
	assert frappe.db.get_value(transfer_log.ENTRY, name, "reason") == FITS


def test_a_title_is_shortened_to_the_length_of_its_copies():
	task = frappe.get_doc({"doctype": "ToDo", "description": "a" * 300}).insert()
	assert partners.get_title("ToDo", task.name) == "a" * 140
	row = frappe.db.get_value("Activity Link", {"activity": task.name}, ["title", "chain"], as_dict=True)
	assert len(row.title) > 140
	assert frappe.db.get_value("Interaction Chain", row.chain, "title") == "a" * 140

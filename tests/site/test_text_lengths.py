"""Text too long for its column is refused with a sentence, on every platform and through every interface."""

import frappe
import pytest
from frappe.model import table_fields

from crm_interactions.api import activity, chain
from crm_interactions.controllers import validation
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.handover import transfer_log
from crm_interactions.parties import partners
from tests.site.api_calls import path, send
from tests.site.checks import stored
from tests.site.door import at, call
from tests.site.factories import interaction, meeting, record

pytestmark = pytest.mark.records_only
TEXT = {"text", "varchar", "longtext", "json"}
FITS = "ж" * 32_767 + "a"  # 65,535 bytes
LONG = FITS + "a"
# each tag is stored with `&lt;`
GROWING = "<b>" * 20_000
LONG_TITLE = "<b>" * 40
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
	columns = {fieldtype: column.replace("json", "longtext") for fieldtype, column in known.items()}
	assert columns == validation.COLUMNS
	assert int(frappe.db.VARCHAR_LEN) == validation.LONGEST_LINE


def require_refusal(doc, message: str) -> None:
	with pytest.raises(frappe.CharacterLengthExceededError, match=message):
		validation.require_room(doc)


def test_each_text_field_has_a_limit():
	found = [(doctype, df.fieldname) for doctype in doctypes() for df in fields_of(doctype, "text")]
	assert len(found) > 15
	for doctype, field in found:
		validation.require_room(frappe.new_doc(doctype).update({field: FITS}))
		require_refusal(frappe.new_doc(doctype).update({field: LONG}), "65,536 bytes; the limit is 65,535")


def test_each_document_that_users_write_is_checked():
	for doctype in doctypes():
		if frappe.get_meta(doctype).istable or doctype in BY_SERVER or not fields_of(doctype, "text"):
			continue
		assert isinstance(frappe.new_doc(doctype), PlainDocument), doctype


def test_rows_are_checked_and_named_in_the_refusal():
	for doctype in doctypes():
		for table in frappe.get_meta(doctype).get("fields", {"fieldtype": ("in", table_fields)}):
			for df in fields_of(table.options, "text"):
				doc = frappe.new_doc(doctype).update({table.fieldname: [{df.fieldname: LONG}]})
				require_refusal(doc, "in row 1 has 65,536 bytes")


def refused(verb: str, where: str, values: dict) -> None:
	answer = call(verb, where, values)
	assert answer.refused, f"{where} {[*values]}: {answer.status} {answer.error!r:.300}"
	assert any("Shorten the text" in told for told in answer.messages), answer.messages
	assert sum(map(len, answer.messages)) < 1_000, "the text itself is no part of the message"


def test_long_text_sent_through_rest_is_refused():
	recorded, planned = interaction(), meeting(status="Planned", starts_on="2099-11-23 10:00:00")
	category = frappe.get_all("Interaction Category", pluck="name", limit=1)[0]
	where = at("Interaction", recorded.name)
	for text in (LONG, GROWING):
		refused("PUT", where, {"reason": text})
		refused("PUT", where, {"products": [{"product": "Pump", "notes": text}]})
		refused("PUT", at("Meeting", planned.name), {"place": text})
		refused("PUT", at("Interaction Category", category), {"description": text})
	refused("PUT", where, {"title": LONG_TITLE})
	refused("PUT", where, {"notes": "a" * (validation.LONGEST_TEXT + 1)})
	kept = call("PUT", where, {"reason": FITS}, keep=True)
	assert kept.status == 200, kept.text
	assert stored(recorded, "reason") == FITS
	deep = call("PUT", where, {"notes": DEEP})
	assert deep.refused, deep.error


def test_long_text_sent_to_methods_is_refused():
	recorded, completed = interaction(), interaction(completed=1)
	one = {"activity_type": "Interaction", "activity": recorded.name}
	done = {**one, "activity": completed.name}
	for text in (LONG, GROWING):
		refused("POST", f"method/{path(activity.complete)}", {**one, "then": "close", "reason": text})
		refused("POST", f"method/{path(activity.reopen)}", {**done, "reason": text})
		refused("POST", f"method/{path(chain.close)}", {"chain": recorded.chain, "reason": text})
	wrong = [(about, {"next_title": title}) for title in ("a" * 200, LONG_TITLE) for about in (one, done)]
	for about, plan in (*wrong, (done, {"next_doctype": "User"})):
		answer = send(activity.plan_next, {**about, "next": {"next_in": 2, "next_unit": "Days", **plan}})
		assert answer.refused, f"{plan}: {answer.status} {answer.error!r:.300}"
	many = {"activity_type": "Interaction", "activities": [recorded.name], "then": "close", "reason": LONG}
	answer = send(activity.complete_many, many)
	assert answer.status == 200 and "Shorten the text" in answer.text


def test_long_text_written_by_the_server_is_shortened():
	name = transfer_log.write_entry("none", "Interaction", "none", transfer_log.LEFT, reason="ж" * 40_000)
	assert frappe.db.get_value(transfer_log.ENTRY, name, "reason") == "ж" * 32_767
	transfer_log.mark_entry(name, transfer_log.KEPT, LONG)
	assert frappe.db.get_value(transfer_log.ENTRY, name, "reason") == FITS


def test_a_title_is_shortened_to_the_length_of_its_copies():
	task = record("ToDo", description="a" * 300)
	assert partners.get_title("ToDo", task.name) == "a" * 140
	row = frappe.db.get_value("Activity Link", {"activity": task.name}, ["title", "chain"], as_dict=True)
	assert len(row.title) > 140
	assert frappe.db.get_value("Interaction Chain", row.chain, "title") == "a" * 140

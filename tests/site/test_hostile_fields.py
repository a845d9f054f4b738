"""Hostile values in every field through REST are refused with a sentence or kept as text, and change no server field.

The validation is called with every value for every field. Through REST, the quick tier sends each value of a field type
once for each DocType, to varying fields; the full tier sends each value to each field. Version 2 of REST saves by the
same steps: the quick tier sends requests to it for one DocType of each kind.
"""

from collections.abc import Iterator
from types import SimpleNamespace

import frappe
import pytest
from frappe.model import no_value_fields, table_fields

from crm_interactions.controllers import validation
from tests.site.door import at, call, undo
from tests.site.factories import contact, interaction, meeting, partner, product_record, record, resource
from tests.site.hostile_values import ACCEPTED, pairs, values_for_field
from tests.site.hostile_world import CALLER, HIDDEN, each_test_as, faults_in, make_hidden, shared
from tests.site.tier import choose

pytestmark = pytest.mark.records_only
SETTINGS = "CRM Interactions Settings"
SYSTEM = {
	# columns of every table, of child tables, and of the sidebar
	**{"owner": "Guest", "creation": "2001-01-01 00:00:00", "modified_by": "Guest", "docstatus": 1},
	**{"parent": "x", "parenttype": "User", "parentfield": "roles"},
	**{"_user_tags": "a", "_liked_by": '["Guest"]', "_assign": '["Guest"]', "_comments": "[]"},
	# no columns, but names that the controller uses
	**{"no_such_field": "x", "validate": "x", "save": "x", "check_permission": True},
	**{"keep_server_fields": None, "flags": {"ignore_permissions": True}, "meta": {"permissions": []}},
	**{"__islocal": 0, "_doc_before_save": {}, "dont_update_if_missing": ["owner"]},
}
KEPT = ["owner", "creation", "docstatus", "_assign", "_user_tags", "_liked_by", "_comments"]
DOCTYPES = (
	*("Interaction", "Meeting", "Product Record", "Interaction Chain", "Partner"),
	*("Interaction Type", "Interaction Priority", "Interaction Category", "Interaction Outcome"),
	*("Interaction Dictionary", "Interaction Dictionary Value", "Meeting Resource", SETTINGS),
)
NO_VALUE = {*no_value_fields} - {*table_fields}
# an activity, a document written by the server only, a dictionary entry, settings
KINDS = ("Interaction", "Interaction Chain", "Interaction Type", SETTINGS)
EACH = pytest.mark.parametrize("doctype", DOCTYPES)
BOTH = pytest.mark.parametrize("version", [1, 2])
EACH_IN_BOTH = pytest.mark.parametrize(
	"version, doctype",
	[*((1, doctype) for doctype in DOCTYPES), *((2, doctype) for doctype in choose(KINDS, DOCTYPES))],
)


@EACH
def test_the_validation_accepts_exactly_the_suitable_values(doctype, world):
	"""Call the validation with each value for each field, including fields of rows, without a save."""
	doc, problems = frappe.get_doc(doctype, world.names[doctype]), []
	for part in [doc, *(doc.append(table.fieldname) for table in doc.meta.get_table_fields())]:
		for name, df in _fields(part.doctype).items():
			if df.fieldtype in table_fields:
				continue
			before = part.get(name)
			for label, value in values_for_field(df.fieldtype).items():
				part.set(name, value)
				taken = _is_taken(doc)
				if taken != (label in ACCEPTED.get(df.fieldtype, ACCEPTED["text"])):
					problems.append(f"{part.doctype}.{name} = {label}: {'taken' if taken else 'refused'}")
			part.set(name, before)
	assert not problems, "\n".join(problems)


@EACH_IN_BOTH
def test_hostile_values_are_refused_or_kept_as_text(doctype, version, world):
	"""Interaction covers the fields that Meeting shares with it."""
	path, problems = at(doctype, world.names[doctype], version), []
	known = _fields("Interaction") if doctype == "Meeting" else {}
	fields = {name: df for name, df in _fields(doctype).items() if name not in known}
	for name, df, label, value in _tried(fields if version == 1 else _one_of_each(fields)):
		answer = call("PUT", path, {name: value}, keep=True)
		wrong = [*faults_in(answer)]
		if not answer.error:
			kept = frappe.get_doc(doctype, world.names[doctype]).get(name)
			if df.read_only and kept != world.values[doctype][name]:
				wrong.append(f"taken: {kept!r:.100}")
			undo()
		problems += [f"{name} = {label}: {problem}" for problem in wrong]
	assert not problems, "\n".join(problems)


@EACH
def test_hostile_values_in_rows_are_refused_or_kept_as_text(doctype, world):
	path, problems = at(doctype, world.names[doctype]), []
	for table in [df for df in frappe.get_meta(doctype).get_table_fields() if doctype != "Meeting"]:
		for name, _df, label, value in _tried(_fields(table.options)):
			answer = call("PUT", path, {table.fieldname: [{name: value}]})
			problems += [f"{table.fieldname}.{name} = {label}: {wrong}" for wrong in faults_in(answer)]
	assert not problems, "\n".join(problems)


@EACH_IN_BOTH
def test_system_fields_sent_by_a_client_are_ignored_or_refused(doctype, version, world):
	path, problems = at(doctype, world.names[doctype], version), []
	for field, value in SYSTEM.items():
		answer = call("PUT", path, {field: value}, keep=True)
		problems += [f"{field}: {wrong}" for wrong in faults_in(answer)]
		if not answer.error:
			after = _system_fields(doctype, world.names[doctype])
			if after != world.system[doctype]:
				problems.append(f"{field}: taken, {after}")
			undo()
	assert not problems, "\n".join(problems)


@BOTH
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting", "Product Record", "Partner"])
def test_system_fields_of_a_new_document_are_ignored_or_refused(doctype, version, world):
	source = frappe.get_doc(doctype, world.names[doctype])
	fields = [df.fieldname for df in source.meta.fields if df.reqd]
	fields += [field for field in ("party_type", "party", "how_to_reach") if source.get(field)]
	sent = {field: str(source.get(field)) for field in fields if not isinstance(source.get(field), list)}
	if doctype == "Meeting":
		sent["participants"] = [{"full_name": "Ivan Babić", "side": "Theirs"}]
	if doctype == "Partner":
		sent["partner_name"] = "Another"
	path, problems = at(doctype, version=version), []
	for field, value in {"": None, **SYSTEM}.items():
		answer = call("POST", path, {**sent, field: value} if field else sent, keep=True)
		problems += [f"{field}: {wrong}" for wrong in faults_in(answer)]
		assert field or answer.status == 200, answer.text
		if not answer.error:
			made = frappe.get_last_doc(doctype)
			if (made.owner, made.docstatus) != (CALLER, 0) or str(made.creation).startswith("2001"):
				problems.append(f"{field}: taken, {made.owner} {made.docstatus} {made.creation}")
			undo()
	assert not problems, "\n".join(problems)


@BOTH
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
def test_a_row_of_another_document_cannot_be_taken_over(doctype, version, world):
	row = frappe.db.get_value("Interaction Participant", {"parent": world.hidden}, "name")
	for sent in ({"name": row}, {"name": row, "full_name": "Mine", "__islocal": 0}):
		answer = call("PUT", at(doctype, world.names[doctype], version), {"participants": [sent]}, keep=True)
		assert answer.refused, answer.text
		assert frappe.db.get_value("Interaction Participant", row, "parent") == world.hidden


@BOTH
@pytest.mark.parametrize(
	"field", ["chain", "name", "subject", "contact", "planned_by", "next_activity", "event"]
)
def test_a_reference_to_a_hidden_document_changes_nothing(field, version, world):
	"""The hidden document is neither joined by its chain nor changed by its name."""
	hidden = frappe.get_doc("Interaction", world.hidden)
	given = {"name": hidden.name, "chain": hidden.chain}.get(field, hidden.name)
	before = (hidden.modified, frappe.db.count("Activity Link", {"chain": hidden.chain}))
	call("PUT", at("Interaction", world.names["Interaction"], version), {field: given}, keep=True)
	sent = {"interaction_type": "Phone Call", "title": "x", "how_to_reach": "1", "direction": "Incoming"}
	answer = call("POST", at("Interaction", version=version), {**sent, field: given}, keep=True)
	assert not [*faults_in(answer)]
	hidden.reload()
	assert (hidden.modified, frappe.db.count("Activity Link", {"chain": hidden.chain})) == before


@shared
def world():
	hidden, shop = make_hidden("Interaction Administrator"), partner("Hostile Trade")
	recorded = interaction(shop, contact=contact(shop).name)
	regions = record("Interaction Dictionary", title="Regions").name
	north = record("Interaction Dictionary Value", dictionary=regions, value="North").name
	names = {
		"Interaction": recorded.name,
		"Meeting": meeting(shop).name,
		"Product Record": product_record(shop).name,
		"Interaction Chain": recorded.chain,
		# on every platform, beside other types of partners
		"Partner": record("Partner", partner_name="Tried Partner").name,
		"Interaction Type": "Phone Call",
		"Interaction Priority": "Normal",
		"Interaction Category": frappe.db.get_value("Interaction Category", {"name": ["!=", HIDDEN]}),
		"Interaction Outcome": record("Interaction Outcome", title="Tried").name,
		"Interaction Dictionary": regions,
		"Interaction Dictionary Value": north,
		"Meeting Resource": resource("Tried Room").name,
		SETTINGS: SETTINGS,
	}
	docs = [frappe.get_doc(doctype, name) for doctype, name in names.items()]
	return SimpleNamespace(
		hidden=hidden,
		names=names,
		values={doc.doctype: {field: doc.get(field) for field in _fields(doc.doctype)} for doc in docs},
		system={doctype: _system_fields(doctype, name) for doctype, name in names.items()},
	)


rolled_back = each_test_as(CALLER)


def _fields(doctype: str) -> dict:
	return {df.fieldname: df for df in frappe.get_meta(doctype).fields if df.fieldtype not in NO_VALUE}


def _system_fields(doctype: str, name: str) -> tuple | None:
	# a single DocType has none of these
	return None if doctype == SETTINGS else frappe.db.get_value(doctype, name, KEPT)


def _tried(fields: dict) -> Iterator[tuple]:
	"""Yield name, field, label and value of each request to send for these fields."""
	by_type = {}
	for name, df in fields.items():
		by_type.setdefault((df.fieldtype, df.read_only), []).append((name, df))
	for (fieldtype, _read_only), group in by_type.items():
		for (name, df), (label, value) in pairs(group, values_for_field(fieldtype).items()):
			yield name, df, label, value


def _is_taken(doc) -> bool:
	try:
		validation.require_fields(doc)
	except frappe.ValidationError:
		frappe.local.message_log = []
		return False
	return True


def _one_of_each(fields: dict) -> dict:
	"""Return the first writable and the first read-only field of each field type."""
	first = {(df.fieldtype, df.read_only): name for name, df in reversed(fields.items())}
	return {name: fields[name] for name in first.values()}

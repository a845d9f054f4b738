"""*Duplicate* starts an activity anew: each field is part of the plan, and copied, or a result, with `no_copy`."""

import pytest

from tests.unit.support.doctypes import ACTIVITIES, TABLES, catalogue, fields, value_fields

PARTNER = ("party_type", "party", "party_name", "contact")
WORTH = ("amount", "currency")
ABOUT = (*PARTNER, "starts_on", "responsible", *WORTH, "subject_type", "subject")
CONTACTED = (
	*(
		*ABOUT,
		"interaction_type",
		"direction",
		"how_to_reach",
		"title",
		"ends_on",
		"duration",
		"add_to_calendar",
	),
	*("participants", "resources", "products", "priority", "category", "reason", "dictionary_values"),
)
# DocType → fields that a copy keeps; a new field belongs here, or is a result and gets no_copy
PLAN = {
	"Interaction": (*CONTACTED, "notes"),
	# notes are the minutes; the plan is the agenda
	"Meeting": (*CONTACTED, "place", "agenda", "expected_cost", "expected_cost_currency"),
	"Product Record": (*ABOUT, "product", "kind", "quantity", "notes"),
	"Interaction Participant": ("participant_type", "participant", "full_name", "email", "phone", "side"),
	"Interaction Product": ("product", "quantity", "amount", "notes"),
	"Interaction Dictionary Entry": ("dictionary", "value"),
	"Activity Resource": ("resource",),
}


def tables_of(doctype: str) -> set[str]:
	return {field["options"] for field in fields(catalogue().own[doctype], *TABLES)}


def test_every_activity_and_each_of_its_tables_is_decided():
	assert {*PLAN} == {*ACTIVITIES}.union(*map(tables_of, ACTIVITIES))


@pytest.mark.parametrize("doctype", PLAN)
def test_a_copy_keeps_the_plan_and_no_result(doctype):
	copied = {f["fieldname"] for f in value_fields(catalogue().own[doctype]) if not f.get("no_copy")}
	assert copied == {*PLAN[doctype]}


def test_a_copy_keeps_no_value_that_only_the_server_writes():
	"""In all document types; a partner's name is derived from the partner with each save."""
	found = [
		(name, field["fieldname"])
		for name, definition in catalogue().own.items()
		if any(permission.get("create") for permission in definition["permissions"]) or name in PLAN
		for field in value_fields(definition)
		if field.get("read_only") and not field.get("no_copy")
	]
	assert found == [(doctype, "party_name") for doctype in sorted(ACTIVITIES)]

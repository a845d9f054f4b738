"""Each rule of the DocTypes detects a broken example and accepts a correct one.

Without these tests, a rule that no longer detects anything would go unnoticed.
"""

import pytest

from tests.unit.support import controllers
from tests.unit.support import label_rules as L
from tests.unit.support import list_rules as T
from tests.unit.support import permission_rules as P
from tests.unit.support import structure_rules as S
from tests.unit.support.doctypes import Catalogue
from tests.unit.support.rules import pairs


def data(fieldname: str, **more) -> dict:
	return {"fieldname": fieldname, "fieldtype": "Data", "label": fieldname.title(), **more}


def link(fieldname: str, options: str, **more) -> dict:
	return data(fieldname, fieldtype="Link", options=options, **more)


def doctype(*fields: dict, **more) -> dict:
	named = {"name": "Example", "autoname": "EX-.YYYY.-.#####", "naming_rule": "Expression (old style)"}
	order = {"fields": list(fields), "field_order": [field["fieldname"] for field in fields]}
	return {**named, "module": "CRM Interactions", **order, "permissions": [], "allow_import": 1, **more}


def select(fieldname: str, options: str, **more) -> dict:
	return data(fieldname, fieldtype="Select", options=options, **more)


ALL = {"read": 1, "write": 1, "create": 1, "delete": 1}
GOOD_ROWS = [{"role": role, **ALL} for role in P.ADMINISTRATORS]
GOOD_ROWS += [{"role": role, "read": 1} for role in (P.MANAGER, P.USER)]
GOOD = doctype(data("title", search_index=1, in_standard_filter=1), permissions=GOOD_ROWS)
TO_ONE = [{"link_doctype": "Example", "link_fieldname": "one"}]
CHILD = {"name": "Row", "istable": 1, "fields": [], "field_order": [], "permissions": []}


def rows(role: str, **rights) -> list[dict]:
	return [*(row for row in GOOD_ROWS if row["role"] != role), {"role": role, **rights}]


def level(number: int) -> dict:
	"""Return a row that lets users read a level."""
	return {"role": P.USER, "read": 1, "permlevel": number}


BROKEN_DOCTYPES = [
	(S.fields_are_ordered, doctype(data("one"), field_order=["two"])),
	(S.fieldnames_are_valid, doctype(data("one"), data("one")), doctype(data("Not A Name"))),
	(S.fieldnames_are_valid, doctype(data("modified"))),
	(S.properties_exist_in_both_versions, doctype(data("one", fieldtype="Telepathy"))),
	(S.properties_exist_in_both_versions, doctype(data("one", in_standart_filter=1))),
	(S.properties_exist_in_both_versions, doctype(data("one", reqd=True + 1))),
	(S.name_fields_are_required, doctype(data("title"), autoname="field:title", naming_rule="By fieldname")),
	(S.name_fields_are_required, doctype(data("a"), autoname="format:{a}-{b}", naming_rule="Expression")),
	(S.name_fields_are_required, doctype(autoname="whatever"), doctype(autoname="")),
	(S.name_fields_are_required, doctype(naming_rule="Random")),
	(S.header_fields_exist, doctype(title_field="gone"), doctype(search_fields="name,gone")),
	(S.header_fields_exist, doctype(sort_field="gone desc")),
	(S.expressions_use_fields, doctype(data("one", depends_on="eval:doc.gone && doc.one"))),
	(S.expressions_use_fields, doctype(data("one", mandatory_depends_on="gone"))),
	(S.expressions_use_fields, doctype(data("one", read_only_depends_on="eval:1"))),
	(S.links_have_targets, doctype(link("one", "Gone"))),
	(S.links_have_targets, doctype(data("one", fieldtype="Table", options="Example"))),
	(S.links_have_targets, doctype(data("one", fieldtype="Dynamic Link", options="gone"))),
	(S.links_have_targets, doctype(link("a", "User"), data("b", fieldtype="Dynamic Link", options="a"))),
	(S.links_have_targets, doctype(data("one", options="Fax"))),
	(S.currencies_are_fields, doctype(data("one", fieldtype="Currency", options="gone"))),
	(S.currencies_are_fields, doctype(data("one", fieldtype="Currency", options="two"), data("two"))),
	(S.fetched_fields_exist, doctype(data("one", fetch_from="gone.name"))),
	(S.fetched_fields_exist, doctype(link("one", "Example"), data("two", fetch_from="one.gone"))),
	(S.selects_offer_values, doctype(select("one", "A\nA")), doctype(select("one", "A\nB", default="C"))),
	(S.connections_exist, doctype(links=[{"link_doctype": "Example", "link_fieldname": "gone"}])),
	(S.connections_exist, doctype(link("one", "User"), links=TO_ONE)),
	(S.connections_exist, doctype(link("one", "Example"), links=TO_ONE)),
	(S.children_are_tables, doctype(istable=1)),
	(S.values_fit, doctype(data("one", fieldtype="Text", length=10)), doctype(data("one", length=5000))),
	(S.values_fit, doctype(*(data(f"f{number}") for number in range(80)))),
	(S.required_fields_can_be_filled, doctype(data("one", reqd=1, hidden=1))),
	(P.administrators_have_full_access, doctype(permissions=rows("System Manager", read=1))),
	(P.all_roles_have_basic_access, doctype(permissions=rows(P.USER)), {**GOOD, "name": "Meeting"}),
	(P.users_do_not_delete, doctype(permissions=rows(P.USER, read=1, delete=1))),
	(P.users_do_not_delete, doctype(permissions=rows(P.MANAGER, **ALL), document_type="Setup")),
	(P.users_do_not_set_up, doctype(permissions=rows(P.USER, read=1, write=1), document_type="Setup")),
	(P.users_do_not_set_up, doctype(permissions=[{"role": P.USER, "read": 1, "import": 1}])),
	(P.ledgers_are_read_only, {**GOOD, "name": "Activity Link"}, {**GOOD, "name": "Interaction Chain"}),
	(P.internal_tables_are_closed, {**GOOD, "name": "Activity Audience"}),
	(P.users_read_no_teams, {**GOOD, "name": "Interaction Team"}),
	(P.roles_are_known, doctype(permissions=[{"role": "Guest", "read": 1}])),
	(P.rights_build_on_read, doctype(permissions=[{"role": P.USER, "write": 1}])),
	(P.rights_build_on_read, doctype(permissions=[{"role": P.USER, "read": 1, "create": 1}])),
	(P.rights_build_on_read, doctype(permissions=GOOD_ROWS, issingle=1)),
	(P.rows_are_not_repeated, doctype(permissions=[*GOOD_ROWS, *GOOD_ROWS])),
	(P.levels_are_granted, doctype(data("one", permlevel=1), permissions=GOOD_ROWS)),
	(P.levels_are_granted, doctype(permissions=[*GOOD_ROWS, level(3)])),
	(P.levels_are_granted, doctype(data("a", permlevel=1), permissions=[*GOOD_ROWS, level(1)])),
	(L.every_field_has_a_label, doctype(data("one", label=""))),
	(L.labels_differ, doctype(data("one", label="Same"), data("two", label="Same"))),
	(L.labels_are_title_case, doctype(data("one", label="Date and time"))),
	(L.labels_are_title_case, doctype(data("one", label="of the Partner"))),
	(L.labels_are_title_case, doctype(select("one", "Held\nnot Held"))),
	(L.texts_are_clean, doctype(data("one", label="One ")), doctype(data("one", label="Razgovor či"))),
	(L.texts_are_clean, doctype(data("one", description="See <b>there</b>"))),
	(L.texts_are_clean, doctype(select("one", "Held\nNot  Held"))),
	(L.options_are_words, doctype(select("one", "1\n2"))),
	(T.list_filters_are_indexed, doctype(link("one", "User", in_standard_filter=1))),
	(T.order_is_indexed, doctype(data("one"), sort_field="one")),
	(T.indexes_are_possible, doctype(data("one", fieldtype="Text", search_index=1))),
	(T.list_columns_can_be_shown, doctype(data("one", hidden=1, in_list_view=1))),
	(T.quick_entry_is_complete, doctype(data("one", reqd=1), quick_entry=1)),
	(T.records_can_be_imported, doctype(allow_import=0)),
	(T.changes_are_tracked, doctype(document_type="Setup")),
]
DOCTYPE_RULES = [*S.RULES, *P.RULES, *L.RULES, *T.RULES]


def test_every_doctype_rule_has_a_broken_example():
	assert {rule for rule, _example in pairs(BROKEN_DOCTYPES)} == set(DOCTYPE_RULES)


@pytest.mark.parametrize(
	("rule", "example"), pairs(BROKEN_DOCTYPES), ids=lambda value: getattr(value, "__name__", "doctype")
)
def test_a_rule_detects_a_broken_doctype(rule, example):
	assert list(rule(example, Catalogue({example["name"]: example})))


@pytest.mark.parametrize("rule", DOCTYPE_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_accepts_a_correct_doctype(rule):
	assert not list(rule(GOOD, Catalogue({"Example": GOOD})))


def test_a_row_needs_a_currency_in_each_parent():
	row = {**CHILD, "fields": [data("amount", fieldtype="Currency", options="currency")]}
	table = data("rows", fieldtype="Table", options="Row")
	parent = doctype(table, link("currency", "Currency"))
	other = {**doctype(table), "name": "Other"}
	assert not list(S.currencies_are_fields(row, Catalogue({"Row": row, "Example": parent})))
	assert list(S.currencies_are_fields(row, Catalogue({"Row": row, "Example": parent, "Other": other})))


def test_differences_of_types_are_detected():
	fields = [data("one", reqd=1), data("two"), select("three", "\nA"), data("html", fieldtype="HTML")]
	expected = controllers.expected_types(doctype(*fields))
	assert expected == {"one": "DF.Data", "two": "DF.Data | None", "three": "DF.Literal['', 'A']"}
	assert not list(controllers.differences(expected, expected))
	written = {"one": "DF.Data | None", "three": "DF.Literal['', 'A']", "four": "DF.Check"}
	assert len(list(controllers.differences(written, expected))) == 3

"""Limits of the rule for submitted values, by field type, without a save."""

import math

import frappe
import pytest

from crm_interactions.controllers import validation

pytestmark = pytest.mark.records_only
LONGEST = "a" * validation.LONGEST_TEXT
INT, AMOUNT = 2**31 - 1, 10**12
NUMBERS = (0, 1, -1, 0.5, True, "0", "-1", "1,000", "0.5", "1e3")
# no float holds the last one
NO_NUMBERS = ("abc", "1;2", "0x10", "nan", "inf", "-inf", math.nan, math.inf, -math.inf, 10**400)
NESTED = ([], ["a"], {}, {"a": 1}, (), {1})
# field types → accepted values, refused values
TABLE = {
	("Int", "Check", "Duration"): (
		(*NUMBERS, INT, -INT, str(INT)),
		(*NO_NUMBERS, INT + 1, -INT - 1, str(INT + 1)),
	),
	("Float", "Currency", "Percent", "Rating"): (
		(*NUMBERS, AMOUNT, -AMOUNT, str(AMOUNT), "1,000,000,000,000"),
		(*NO_NUMBERS, AMOUNT + 1, -AMOUNT - 1, AMOUNT * 1.001, str(AMOUNT + 1)),
	),
	("Time",): (
		("9:00", "09:00", "23:59:59", "09:00:00.5", "09:00:00.123456"),
		("9", "9:0", "123:00", "09:00:0", "09:00:00.", "09:00:00.1234567", "9:00 x", 1, 0.5, True),
	),
	("Date", "Datetime"): (("2026-02-28", "2026-02-28 10:00:00"), ("2026\0", 1, 0.5, True)),
	("Data", "Small Text", "Text Editor", "Link", "Dynamic Link", "Select", "Color"): (
		("a", " ", "<b>", "🦊", "ž", LONGEST),
		(LONGEST + "a", "a\0", "\0", "a\ud800b", "\udfff"),
	),
}
BY_TYPE = {fieldtype: values for fieldtypes, values in TABLE.items() for fieldtype in fieldtypes}


@pytest.mark.parametrize("fieldtype", BY_TYPE)
def test_each_field_type_accepts_suitable_values_only(fieldtype):
	suiting, others = BY_TYPE[fieldtype]
	for value in suiting:
		assert validation._suits(fieldtype, value), f"{value!a:.50}"
	for value in (*others, *NESTED):
		assert not validation._suits(fieldtype, value), f"{value!a:.50}"


def test_names_are_limited_in_length_and_characters():
	doc = frappe.new_doc("Interaction Category")
	for name in ("a" * 140, "ž 1/2 & 3", 7, None):
		doc.name = name
		assert "Name" not in validation._invalid_labels(doc), name
	for name in ("a" * 141, "a<b", "a>b", "a\0b", "a\ud800b", ["like", "%"], {"name": "x"}, 0.5):
		doc.name = name
		assert "Name" in validation._invalid_labels(doc), f"{name!a:.50}"


def test_nested_values_are_plain_if_all_their_parts_are():
	taken = ("", "a", LONGEST, 0, AMOUNT, -AMOUNT, 0.5, True, None)
	for value in (*taken, [1, ["a", {"b": None}]], {"a": {"b": [1]}}, ("a", 1)):
		assert validation.is_plain(value), f"{value!a:.50}"
	refused = (LONGEST + "a", "a\0", "a\ud800", AMOUNT + 1, -AMOUNT - 1, math.nan, math.inf, 10**400)
	for value in (*refused, ["a\0"], {"a\0": 1}, {"a": "b\0"}, [[math.nan]], {"a": [10**13]}, ("a\0",)):
		assert not validation.is_plain(value), f"{value!a:.50}"


def test_plain_values_are_at_most_ten_levels_deep():
	lists, objects = 1, 1
	for depth in range(1, 12):
		lists, objects = [lists], {"a": objects}
		assert validation.is_plain(lists) == validation.is_plain(objects) == (depth <= 10), depth


def test_a_number_in_a_text_field_becomes_text():
	doc = frappe.new_doc("Interaction Category")
	doc.title = 10**30
	validation.require_fields(doc)
	assert doc.title == str(10**30)


def test_valid_json_is_parsed():
	assert validation.parse_json('{"a": [1]}', "Filters") == {"a": [1]}
	assert validation.parse_json(["a"], "Filters") == ["a"]
	for nothing in ("", None, "[]", {}):
		assert not validation.parse_json(nothing, "Filters")


@pytest.mark.parametrize(
	"value", ['{"a": [', "[" * 5_000, "[NaN]", '["a\\u0000"]', ["a\0"], "[" * 11 + "]" * 11], ids=range(6)
)
def test_invalid_json_is_refused(value):
	with pytest.raises(frappe.ValidationError, match=r"The value of .*Filters.* is invalid"):
		validation.parse_json(value, "Filters")

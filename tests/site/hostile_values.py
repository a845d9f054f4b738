"""Hostile and malformed values for arguments and fields."""

import json
from collections.abc import Iterable, Iterator
from itertools import cycle, islice, product

from tests.site.tier import FULL

CANARY = "CANARY-5b1f"  # marks all texts that the caller may not read
SCRIPT = '"><img src=x onerror=alert(1)>'
HUGE = "A" * 20_000
DEEP = "[" * 5_000 + "]" * 5_000
FILTER, BIG, INFINITE = ["like", "%"], 10**30, float("inf")

TEXTS = {
	**{"empty": "", "blank": "   ", "huge": HUGE, "script": SCRIPT},
	**{"template": "{{ frappe.db.sql('select 1') }}", "quote": "' or '1'='1"},
	**{"statement": "x'; drop table `tabInteraction`; --", "backtick": "`tabUser`.`name`"},
	**{"union": "name) union select name from `tabUser` --", "wildcard": "%"},
	**{"format": "{0} %s %(name)s {name.__class__}", "path": "../../../../etc/passwd", "null byte": "a\x00b"},
	**{"surrogate": "a\ud800b", "emoji": "🦊\u202e", "deep": DEEP, "json list": '["like", "%"]'},
	**{"json object": '{"name": ["like", "%"]}', "broken json": '{"a": [', "nan": "NaN"},
	**{"no date": "2026-02-31", "year 10000": "10000-01-01 00:00:00", "year 0": "0000-00-00"},
	**{"foreign type": "User", "no type": "No Such Type", "table": "Interaction Participant"},
	"settings": "CRM Interactions Settings",
}
NUMBERS = {
	**{"zero": 0, "one": 1, "negative": -1, "big": 10**12, "bigger than any column": BIG, "fraction": 0.5},
	**{"infinite": INFINITE, "not a number": float("nan"), "true": True},
}
NESTED = {
	**{"list": [], "filter": FILTER, "in": ["in", ["a", "b"]]},
	**{"nested list": [[["Interaction", "name", "like", "%"]]], "object": {}, "filters": {"name": FILTER}},
	"document": {"doctype": "User", "name": "Administrator", "flags": {"ignore_permissions": True}},
	**{"list of objects": [{"name": "x"}, None, 3], "deep list": json.loads("[" * 200 + "]" * 200)},
}
FEW = {"null": None, "one": 1, "filter": FILTER, "filters": {"name": FILTER}, "quote": TEXTS["quote"]}


def values_for(parameters: dict) -> Iterator[tuple]:
	"""Yield argument, label and value: all values of an argument's type, and a few of other types.

	Frappe refuses other types by the annotation, so that a few are enough. Unlike fields, arguments share no rule: both
	tiers send each value to each argument.

	Args:
		parameters: annotations by argument name.
	"""
	for argument in parameters:
		yield from ((argument, label, value) for label, value in FEW.items())
	for kinds, values in ((("str",), TEXTS), (("int",), NUMBERS), (("dict", "list"), NESTED)):
		taking = [name for name, takes in parameters.items() if any(kind in str(takes) for kind in kinds)]
		for name, (label, value) in product(taking, values.items()):
			yield name, label, value


def _texts(*labels: str) -> dict[str, str]:
	return {label: TEXTS[label] for label in labels}


def _for(fieldtypes: tuple[str, ...], values: dict) -> dict[str, dict]:
	return dict.fromkeys(fieldtypes, values)


BROKEN_TEXT = _texts("null byte", "surrogate", "huge", "script", "template")
# field type → values to send; all other field types are text
FOR_FIELDS = {
	**_for(
		("Int", "Check", "Duration"),
		{"big": BIG, "infinite": INFINITE, "text": "abc", "list": FILTER, "negative": -(10**12)},
	),
	**_for(
		("Float", "Currency", "Rating"),
		{"big": BIG, "infinite": INFINITE, "nan": float("nan"), "text": "abc", "object": {"a": 1}},
	),
	**_for(
		("Date", "Datetime", "Time"),
		_texts("no date", "year 10000", "year 0", "null byte", "quote")
		| {"list": FILTER, "number": 10**12, "true": True},
	),
	**_for(
		("Table", "Table MultiSelect"),
		{"text": "abc", "number": 5, "numbers": [1], "object": {"a": 1}}
		| {"lists": [["x"]], "empty": [{}], "nulls": [None]},
	),
	**_for(
		("Link", "Dynamic Link"),
		_texts("null byte", "surrogate", "huge", "quote")
		| {"list": FILTER, "object": {"name": FILTER}, "number": 1},
	),
	"Select": _texts("null byte", "quote", "huge") | {"list": FILTER, "number": 1},
}
OTHER_FIELDS = {**BROKEN_TEXT, "list": FILTER, "object": {"a": 1}, "number": BIG}


def values_for_field(fieldtype: str) -> dict:
	return FOR_FIELDS.get(fieldtype, OTHER_FIELDS)


# field type → labels of the values that the rule for plain values accepts; all other field types are text. On save,
# Frappe refuses invalid dates, options and documents among them.
ACCEPTED = {
	**dict.fromkeys(("Int", "Check", "Duration", "Float", "Currency", "Rating", "Time"), ()),
	**dict.fromkeys(("Date", "Datetime"), ("no date", "year 10000", "year 0", "quote")),
	**dict.fromkeys(("Link", "Dynamic Link"), ("huge", "quote", "number")),
	"Select": ("quote", "huge", "number"),
	"text": ("huge", "script", "template", "number"),
}


def pairs(items: Iterable, values: Iterable) -> Iterator[tuple]:
	"""Return every pair of item and value; in the quick tier, enough pairs to use each of both once."""
	items, values = [*items], [*values]
	if FULL:
		return product(items, values)
	longer = max(len(items), len(values)) if items and values else 0
	return islice(zip(cycle(items), cycle(values), strict=False), longer)

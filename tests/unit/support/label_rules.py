"""Rules of the texts in a DocType: present, in English, in Frappe's Title Case, and translatable."""

import re
from collections.abc import Iterator

from tests.unit.support.doctypes import WITHOUT_VALUE, Catalogue, fields, options_of, value_fields
from tests.unit.support.rules import rules_of

# lower-case words in Title Case, unless they come first
SMALL_WORDS = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
MARKUP = re.compile(r"[<>{}]|\bhttps?:")


def every_field_has_a_label(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for field in value_fields(doctype):
		if not field.get("label"):
			yield f"{field['fieldname']} has no label"


def labels_differ(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Filters, the report builder and imports identify a field only by its label."""
	seen: dict[str, str] = {}
	for field in value_fields(doctype):
		label = field.get("label") or ""
		if label in seen:
			yield f"{seen[label]} and {field['fieldname']} have the same label {label!r}"
		seen[label] = field["fieldname"]


def labels_are_title_case(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for where, text in _labels(doctype):
		if problem := title_case_problem(text):
			yield f"{where} {text!r}: {problem}"


def texts_are_clean(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Labels, options and descriptions are translated unchanged: plain English, no stray spaces, no markup."""
	described = [field for field in doctype["fields"] if field.get("description")]
	descriptions = [(f"description of {field['fieldname']}", field["description"]) for field in described]
	for where, text in [*_labels(doctype), *descriptions]:
		if problem := text_problem(text):
			yield f"{where} {text!r}: {problem}"


def options_are_words(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""A Select has words as options, as codes cannot be translated."""
	for field in fields(doctype, "Select"):
		for option in options_of(field):
			if not re.search(r"[A-Za-z]{2}", option):
				yield f"{field['fieldname']}: option {option!r} is not a word"


def title_case_problem(text: str) -> str | None:
	for position, word in enumerate(text.split()):
		letters = word.lstrip("(")
		if letters[:1].islower() and (position == 0 or letters not in SMALL_WORDS):
			return f"{word!r} is not in Title Case"
	return None


def text_problem(text: str) -> str | None:
	if text != text.strip() or "  " in text:
		return "stray spaces"
	if not text.isascii():
		return "not plain English"
	if MARKUP.search(text):
		return "markup or an address, which translators would have to copy"
	return None


def _labels(doctype: dict) -> Iterator[tuple[str, str]]:
	for field in doctype["fields"]:
		if field.get("label"):
			kind = "heading" if field["fieldtype"] in WITHOUT_VALUE else "label"
			yield f"{kind} of {field['fieldname']}", field["label"]
		for option in options_of(field) if field["fieldtype"] == "Select" else ():
			yield f"option of {field['fieldname']}", option


RULES = rules_of(globals(), "doctype", "catalogue")

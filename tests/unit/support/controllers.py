"""The controller of each DocType: its class, and the block of types that Frappe generates."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.unit.support.doctypes import TABLES, scrub
from tests.unit.support.source import MODULE, tree

BEGIN, END = "# begin: auto-generated types", "# end: auto-generated types"
NEVER_EMPTY = {*TABLES, "Check", "Currency", "Float", "Int", "Percent", "Rating", "Select"}
# field types that Frappe's exporter leaves out
UNTYPED = {
	*("Button", "Column Break", "Fold", "Geolocation", "Heading", "HTML", "Icon", "Image", "Section Break"),
	*("Signature", "Tab Break"),
}


def path_of(doctype: str) -> Path:
	return MODULE / "doctype" / scrub(doctype) / f"{scrub(doctype)}.py"


def class_of(path: Path, doctype: str) -> ast.ClassDef | None:
	name = doctype.replace(" ", "")
	return next((n for n in tree(path).body if isinstance(n, ast.ClassDef) and n.name == name), None)


def written_types(path: Path, doctype: str) -> dict[str, str]:
	"""Return field → annotation from the controller's block of types."""
	guards = [node for node in class_of(path, doctype).body if isinstance(node, ast.If)]
	fields = [node for guard in guards for node in guard.body if isinstance(node, ast.AnnAssign)]
	return {field.target.id: ast.unparse(field.annotation) for field in fields}


def expected_types(definition: dict) -> dict[str, str]:
	"""Return field → annotation as Frappe generates them from the JSON."""
	typed = [field for field in definition["fields"] if field["fieldtype"] not in UNTYPED]
	types = {field["fieldname"]: _annotation(field) for field in typed}
	if definition.get("istable"):
		types |= dict.fromkeys(("parent", "parentfield", "parenttype"), "DF.Data")
	return types


def problems(definition: dict) -> Iterator[str]:
	path = path_of(definition["name"])
	if not path.is_file() or not path.with_name("__init__.py").is_file():
		yield f"no {path.name} with an __init__.py beside the JSON"
		return
	if not class_of(path, definition["name"]):
		yield f"no class {definition['name'].replace(' ', '')}"
		return
	text = path.read_text(encoding="utf-8")
	if text.count(BEGIN) != 1 or text.count(END) != 1:
		yield "not exactly one block of auto-generated types"
	yield from differences(written_types(path, definition["name"]), expected_types(definition))


def differences(written: dict[str, str], expected: dict[str, str]) -> Iterator[str]:
	for name in sorted(expected.keys() - written.keys()):
		yield f"types: {name} is missing"
	for name in sorted(written.keys() - expected.keys()):
		yield f"types: there is no field {name}"
	for name in sorted(written.keys() & expected.keys()):
		if written[name] != expected[name]:
			yield f"types: {name} is {written[name]}, expected {expected[name]}"


def _annotation(field: dict) -> str:
	kind = "Literal" if field["fieldtype"] == "Select" else field["fieldtype"].replace(" ", "")
	text = f"DF.{kind}"
	if field["fieldtype"] == "Select":
		text += json.dumps([option.strip() for option in field["options"].split("\n")])
	elif field["fieldtype"] in TABLES:
		text += f"[{field['options'].replace(' ', '')}]"
	if field["fieldtype"] not in NEVER_EMPTY and not field.get("reqd") and not field.get("not_nullable"):
		text += " | None"
	return ast.unparse(ast.parse(text, mode="eval"))

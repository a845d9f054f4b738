"""The app's document types, read from their JSON, with Frappe's standard fields."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.unit.support.source import MODULE

# Frappe's document types that the app refers to, each of them in both Frappe 15 and Frappe 16
PLATFORM = {
	*("Comment", "Communication", "Contact", "Currency", "Data Import", "DocShare", "DocType"),
	*("Document Follow", "Email Account", "Event", "File", "Kanban Board", "Notification Log"),
	*("Personal Data Deletion Request", "SMS Log"),
	*("Property Setter", "Report", "Role", "Tag Link", "ToDo", "User", "Version"),
}
# document types of ERPNext and Frappe CRM that hooks may name; fields that link to them are custom fields
OPTIONAL_APPS = {
	*("Branch", "Company", "CRM Lead", "CRM Organization", "Customer", "Department", "Employee", "Lead"),
	*("Project", "Prospect", "Supplier", "Call Log", "CRM Call Log"),
}

STANDARD_FIELDS = {
	**dict.fromkeys(("name", "_user_tags", "_liked_by"), "Data"),
	**dict.fromkeys(("owner", "modified_by"), "Link"),
	**dict.fromkeys(("creation", "modified"), "Datetime"),
	**dict.fromkeys(("docstatus", "idx"), "Int"),
	**dict.fromkeys(("_comments", "_assign", "_seen"), "Text"),
}
PARENT_FIELDS = {"parent": "Data", "parenttype": "Data", "parentfield": "Data"}

LAYOUT = {"Section Break", "Column Break", "Tab Break", "Fold", "Heading"}
TABLES = {"Table", "Table MultiSelect"}
WITHOUT_VALUE = LAYOUT | {"HTML", "Button", "Image"}
# stored as varchar, of 140 characters unless the field has a `length`
VARCHAR = {
	*("Autocomplete", "Barcode", "Color", "Data", "Dynamic Link", "Icon", "Link", "Phone", "Read Only"),
	"Select",
}

ACTIVITIES = ("Interaction", "Meeting", "Product Record")
# written only by the app's code, read by all roles
LEDGERS = (
	*("Activity Link", "Interaction Chain Log", "Interaction Chain Move", "Interaction Hand Over"),
	*("Interaction Hand Over Entry", "Interaction Reminder"),
	*("Captured Item", "Capture Refusal"),
	"Activity Plan Run",
)
# indexes for visibility conditions and look-ups, and figures of all chains, which only the System Manager may read
INTERNAL = (
	*("Activity Audience", "Interaction Reporting Line", "Contact Key", "Interaction Chain Pace"),
	"Activity Plan Run Step",
)
# hidden from Interaction Users: teams determine visibility, and refusals name people who write to colleagues
NOT_FOR_USERS = ("Interaction Team", "Capture Refusal")
# created only by the app's code; users change some fields
CREATED_BY_CODE = ("Interaction Chain",)


def scrub(name: str) -> str:
	return name.replace(" ", "_").replace("-", "_").lower()


def paths() -> list[Path]:
	return sorted(path for path in MODULE.glob("doctype/*/*.json") if path.stem == path.parent.name)


def read(path: Path) -> dict:
	return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Catalogue:
	"""Document types by name; tests of the rules make their own small ones."""

	own: dict[str, dict]

	def exists(self, doctype: str | None) -> bool:
		return doctype in self.own or doctype in PLATFORM

	def field(self, doctype: str, fieldname: str) -> dict | None:
		"""Return the definition of a field, including Frappe's standard fields, or None."""
		definition = self.own[doctype]
		for field in definition["fields"]:
			if field.get("fieldname") == fieldname:
				return field
		standard = {**STANDARD_FIELDS, **(PARENT_FIELDS if definition.get("istable") else {})}
		return {"fieldname": fieldname, "fieldtype": standard[fieldname]} if fieldname in standard else None

	def parents_of(self, child: str) -> list[str]:
		tables = [(name, field) for name, doctype in self.own.items() for field in fields(doctype, *TABLES)]
		return [name for name, field in tables if field.get("options") == child]


@cache
def catalogue() -> Catalogue:
	return Catalogue({definition["name"]: definition for definition in map(read, paths())})


def fields(definition: dict, *types: str) -> list[dict]:
	"""Return the fields of these field types."""
	return [field for field in definition["fields"] if field["fieldtype"] in types]


def options_of(field: dict) -> list[str]:
	"""Return the options of a Select, without an empty one."""
	return [option for option in (field.get("options") or "").split("\n") if option]


def value_fields(definition: dict) -> list[dict]:
	"""Return the fields with values, including tables, without layout, HTML and buttons."""
	return [field for field in definition["fields"] if field["fieldtype"] not in WITHOUT_VALUE]


def is_child(definition: dict) -> bool:
	return bool(definition.get("istable"))


def is_single(definition: dict) -> bool:
	return bool(definition.get("issingle"))


def is_setup(definition: dict) -> bool:
	"""Return True for a dictionary, which Frappe marks with the document type *Setup*."""
	return definition.get("document_type") == "Setup"


def is_listed(definition: dict) -> bool:
	"""Return True for a document type with a growing list: no child table, single or dictionary."""
	return not (is_child(definition) or is_single(definition) or is_setup(definition))

"""Guesses which fields of a document type hold date, topic, partner, responsible user and status. Imports no Frappe."""

import re
from dataclasses import dataclass

# setting → types of the field that it may name
KINDS = {
	"date_field": ("Date", "Datetime"),
	"title_field": ("Data", "Small Text", "Text", "Link", "Dynamic Link", "Select", "Text Editor"),
	"party_type_field": ("Link", "Select"),
	"party_field": ("Link", "Dynamic Link"),
	"responsible_field": ("Link",),
	"status_field": ("Select", "Link", "Data"),
}
ORIGIN_KINDS = ("Link", "Dynamic Link")
# words of names and labels that speak for a field, the strongest first; later ones count less
WORDS = {
	"date_field": (
		*("date", "start", "starts", "visit", "mntc", "transaction", "posting", "appointment", "scheduled"),
		*("planned", "on", "complaint", "opening", "expected"),
	),
	"title_field": (
		*("subject", "title", "topic", "summary", "complaint", "issue", "purpose", "reason", "question"),
		*("description", "type", "kind", "feedback", "remarks", "notes"),
	),
	"party_field": ("party", "partner", "customer", "client", "lead", "prospect", "supplier"),
	"responsible_field": (
		*("responsible", "assigned", "allocated", "owner", "agent", "employee", "consultant", "technician"),
		*("user", "resolved"),
	),
	"status_field": ("status", "state", "stage", "phase"),
}
# words that speak against a field
AGAINST = {
	"date_field": {
		*("end", "ends", "expiry", "expires", "expire", "due", "till", "until", "valid", "birth"),
		*("resolution", "closed", "closing", "actual", "creation", "modified", "next", "last", "read"),
		*("after", "delivery", "reminder", "amended"),
	},
	"title_field": {
		*("series", "address", "phone", "mobile", "email", "mail", "currency", "id", "url", "image"),
		*("code", "display", "from", "uid", "token", "medium", "status", "method", "tags"),
	},
	"party_field": {"group", "address", "billing", "internal"},
	"responsible_field": {"approved", "approver", "created", "modified", "completed", "read"},
	"status_field": {"delivery", "email", "billing", "warranty", "amc"},
}
# words of status values
PLANNED = {
	*("open", "new", "draft", "planned", "plan", "scheduled", "pending", "progress", "to", "todo", "waiting"),
	*("hold", "partially", "partly", "unresolved", "backlog", "requested", "started", "assigned", "active"),
	*("not", "working", "overdue", "queued"),
}
CANCELLED = {"cancelled", "canceled", "void", "rejected", "abandoned", "withdrawn", "spam", "trash"}


@dataclass(frozen=True)
class Field:
	"""A field of a document type: `options` as in its DocField, `copied` if its value comes from a linked document."""

	fieldname: str
	label: str
	fieldtype: str
	options: str = ""
	copied: bool = False


@dataclass(frozen=True)
class Type:
	"""A document type as far as guesses need it.

	Args:
		party_types: document types of partners on this site, in order of preference.
		activities: registered document types.
	"""

	name: str
	fields: tuple[Field, ...]
	title_field: str = ""
	submittable: bool = False
	party_types: tuple[str, ...] = ()
	activities: frozenset[str] = frozenset()


def list_suitable(found: Type, setting: str) -> list[Field]:
	"""Return the fields that a setting may name, in the order of the form.

	A partner is a link to one of the site's partner types, or a dynamic link; a responsible user a link to a user; a
	status a choice of values, or a field with such a name.
	"""
	if setting == "origin_fields":
		return [field for field in found.fields if _is_origin(found, field)]
	return [
		field for field in found.fields if field.fieldtype in KINDS[setting] and _suits(found, setting, field)
	]


def guess(found: Type) -> dict:
	"""Return the guessed field by setting, "" for none, and `origin_fields` as a list.

	A submittable type needs no status field: drafts are planned, and submitted documents are done.
	"""
	fields = {setting: _best(found, setting) for setting in WORDS}
	if found.submittable:
		fields["status_field"] = ""
	party = fields["party_field"]
	origins = [field.fieldname for field in list_suitable(found, "origin_fields")]
	return {**fields, "origin_fields": [name for name in origins if name != party]}


def guess_state(value: str) -> str:
	"""Return Planned, Done or Cancelled for a status value; Done for unknown words, as the journal does."""
	words = _words(value)
	if words & CANCELLED or {"not", "held"} <= words:
		return "Cancelled"
	return "Planned" if words & PLANNED else "Done"


def _best(found: Type, setting: str) -> str:
	ranked = [(_score(found, setting, field), field) for field in list_suitable(found, setting)]
	score, field = max(ranked, key=lambda pair: pair[0], default=(0, None))
	return field.fieldname if field and score > 0 else ""


def _score(found: Type, setting: str, field: Field) -> float:
	"""Return how well a field suits a setting, 0 or less for not at all; among equals, the first of the form wins."""
	name, label = _words(field.fieldname), _words(field.label)
	words = WORDS[setting]
	ranks = [len(words) - place for place, word in enumerate(words) if word in name | label]
	score = 10 * max(ranks, default=0) / len(words) + (2 if name & {*words} else 0)
	if field.fieldname in words:
		score += 5  # the whole name
	if (name | label) & AGAINST[setting]:
		score -= 8
	return score + _extra(found, setting, field)


def _extra(found: Type, setting: str, field: Field) -> float:
	if setting == "date_field":
		return 1  # any date is better than the creation
	if setting == "title_field":
		return _extra_of_title(found, field)
	if setting == "party_field" and field.options in found.party_types:
		return 6 - found.party_types.index(field.options) / 10
	if setting == "responsible_field":
		# who assigned a task isn't responsible for it
		return -2.5 if "by" in _words(field.fieldname) else 0.5
	return 0


def _extra_of_title(found: Type, field: Field) -> float:
	if field.copied:
		return -20  # the partner's name, mostly
	if field.fieldname in (found.title_field, f"{scrub(found.name)}_name"):
		return 8
	if _words(field.fieldname) - {"name"} <= {scrub(name) for name in found.party_types}:
		return -20
	return -3 if field.fieldtype in ("Link", "Dynamic Link") else 0


def _suits(found: Type, setting: str, field: Field) -> bool:
	if setting == "party_field":
		return field.fieldtype == "Dynamic Link" or field.options in found.party_types
	if setting == "responsible_field":
		return field.options == "User"
	if setting == "title_field":
		return field.options not in ("Email", "Phone", "URL", "Barcode", "IBAN", "DocType")
	if setting == "status_field":
		is_named = bool(_words(field.fieldname) & {*WORDS[setting]})
		return is_named if field.fieldtype != "Select" else bool(split_options(field.options))
	return True


def _is_origin(found: Type, field: Field) -> bool:
	if field.fieldtype not in ORIGIN_KINDS or field.fieldname == "amended_from":
		return False
	if field.fieldtype == "Link":
		return field.options in found.activities - {found.name}
	return "reference" in field.fieldname


def split_options(options: str | None) -> list[str]:
	"""Return the values of a choice, without blank ones."""
	return [line.strip() for line in (options or "").splitlines() if line.strip()]


def scrub(name: str) -> str:
	"""Return a name as a field would have it: lower case, with underscores."""
	return name.strip().lower().replace(" ", "_").replace("-", "_")


def _words(text: str) -> set[str]:
	return {*re.findall(r"[^\W_]+", (text or "").lower())}

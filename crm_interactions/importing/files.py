"""Conversion of another CRM's export into files for Data Import, and a file of the rows that are left out.

	bench --site SITE execute crm_interactions.importing.files.convert \\
	  --kwargs '{"path": "/home/frappe/calls.csv", "system": "HubSpot"}'
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from frappe import _

from crm_interactions.activities import former_id
from crm_interactions.clock import site_time
from crm_interactions.controllers.validation import LONGEST_LINE, bold
from crm_interactions.importing import exports, hubspot, pipedrive, reasons, salesforce
from crm_interactions.importing.exports import MEETING, Draft
from crm_interactions.importing.finding import NO_CONTACT, Finder, Found
from crm_interactions.importing.readers import Clock, LeftOut

SYSTEMS = {"HubSpot": hubspot.EXPORTS, "Pipedrive": pipedrive.EXPORTS, "Salesforce": salesforce.EXPORTS}
FIELDS = (
	*(
		"former_id",
		"interaction_type",
		"title",
		"direction",
		"party_type",
		"party",
		"contact",
		"how_to_reach",
	),
	*("starts_on", "ends_on", "duration", "status", "responsible", "notes"),
)
COLUMNS = {
	"Interaction": FIELDS,
	"Meeting": (
		*(name for name in FIELDS if name not in ("direction", "contact", "how_to_reach")),
		*("agenda", "place", "participants.participant_type", "participants.participant"),
		*("participants.full_name", "participants.email", "participants.side"),
	),
}
THEIRS = "Theirs"
ADDED = ("Row", "Column", "Reason")


@dataclass
class Result:
	"""Rows for each document type, rows that are left out, and the number of those that were imported before."""

	rows: dict[str, list[dict]] = field(default_factory=lambda: {doctype: [] for doctype in COLUMNS})
	left_out: list[dict] = field(default_factory=list)
	known: int = 0

	def count(self) -> dict[str, int]:
		"""Return the numbers of activities by file; further rows of a meeting hold its participants."""
		of_type = {
			doctype.lower(): sum("title" in row for row in rows) for doctype, rows in self.rows.items()
		}
		return {**of_type, "left_out": len(self.left_out), "known": self.known}


def convert(
	path: str, system: str, time_zone: str | None = None, names: str | None = None
) -> dict[str, object]:
	"""Write files for Data Import beside an export: `<name>.interaction.csv`, `.meeting.csv` and `.left_out.csv`.

	A file without rows isn't written, and one of an earlier run is removed. Nothing is stored on the site.

	Args:
		path: CSV file in UTF-8, with commas, as the system writes it.
		system: HubSpot, Pipedrive or Salesforce.
		time_zone: zone of times in the file that name none, such as Europe/Zagreb.
		names: CSV file of two columns: a partner, person, user or type in the export, and what counts instead.

	Returns: the numbers of activities: `interaction`, `meeting`, `left_out`, and `known` for those imported before; `files`.

	Raises: ValidationError for an unknown system, zone or file, or if the headings belong to no export of the system.
	"""
	clock = Clock(site_time.site_zone(), _zone(time_zone) if time_zone else None)
	content = _read(path)
	result = convert_text(content, system, clock, read_names(_read(names)) if names else None)
	files = {doctype.lower(): (COLUMNS[doctype], rows) for doctype, rows in result.rows.items()}
	files["left_out"] = (_columns(result.left_out), result.left_out)
	written = [_write(Path(path).with_suffix(f".{kind}.csv"), *file) for kind, file in files.items()]
	return {**result.count(), "files": [str(one) for one in written if one]}


def convert_text(content: str, system: str, clock: Clock, names: Mapping[str, str] | None = None) -> Result:
	"""Return the rows of an export as `convert` writes them, by field."""
	if system not in SYSTEMS:
		frappe.throw(_("{0} is unknown. Choose one of: {1}.").format(bold(system), ", ".join(SYSTEMS)))
	try:
		export, rows = exports.read_file(content, SYSTEMS[system], clock, names)
	except exports.UnknownExport:
		frappe.throw(
			_(
				"The headings are those of no export of {0}. Separate columns with commas, and keep the headings of the export."
			).format(bold(system))
		)
	result, finder = Result(), Finder()
	for row in rows:
		try:
			_convert_row(row, finder, result)
		except LeftOut as left_out:
			result.left_out.append(_left_out(export, row, left_out))
	return result


def read_names(content: str) -> dict[str, str]:
	"""Return text of the export → name on this site, of a CSV with two columns and without a row of headings."""
	rows = [row for row in csv.reader(content.removeprefix("\ufeff").splitlines()) if row]
	return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}


def _convert_row(row: exports.Row, finder: Finder, result: Result) -> None:
	if row.left_out:
		raise row.left_out
	doctype = "Meeting" if row.draft.medium == MEETING else "Interaction"
	if row.draft.key and former_id.find(row.draft.key):
		result.known += 1
		return
	found = finder.find(row.draft)
	build = _build_meeting if doctype == "Meeting" else _build_interaction
	result.rows[doctype] += build(row.draft, found)


def _build_interaction(draft: Draft, found: Found) -> list[dict]:
	reach = draft.addresses[0][:LONGEST_LINE] if draft.addresses else ""
	if not (found.contact or reach):
		raise LeftOut(NO_CONTACT, ", ".join(draft.people), column="people")
	own = {"direction": draft.direction, "contact": found.contact, "how_to_reach": reach}
	return [{**_common(draft, found), **own}]


def _build_meeting(draft: Draft, found: Found) -> list[dict]:
	"""Return a row with the first participant, and one for each further participant, as Data Import reads tables."""
	head = {**_common(draft, found), "agenda": draft.agenda, "place": draft.place}
	first, *others = _participants(draft, found)
	return [{**head, **first}, *others]


def _participants(draft: Draft, found: Found) -> list[dict]:
	named = found.contact and frappe.get_cached_value("Contact", found.contact, "full_name")
	people = [{"full_name": name} for name in draft.people if name != named]
	if found.contact:
		people.insert(0, {"participant_type": "Contact", "participant": found.contact})
	elif not people:
		people = [
			{"full_name": address, "email": address if "@" in address else ""}
			for address in draft.addresses[:1]
		]
	return [
		{f"participants.{key}": value for key, value in {**one, "side": THEIRS}.items()} for one in people
	]


def _common(draft: Draft, found: Found) -> dict:
	return {
		"former_id": draft.key,
		"interaction_type": found.interaction_type,
		"title": draft.title,
		"party_type": found.party_type,
		"party": found.party,
		"starts_on": _moment(draft.starts_on),
		"ends_on": _moment(draft.ends_on) if draft.ends_on else "",
		"duration": f"{draft.duration}s" if draft.duration else "",
		"status": draft.status,
		"responsible": found.user,
		"notes": draft.notes,
	}


def _moment(moment: date) -> str:
	"""Return a moment as Data Import reads it; midnight means the whole day."""
	at = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
	return at.strftime("%Y-%m-%d %H:%M:%S")


def _left_out(export: exports.Export, row: exports.Row, left_out: LeftOut) -> dict:
	"""Return a row of the file with its number, column and reason, so that it can be corrected and converted again."""
	heading = exports.heading_of(export, left_out.column, row.cells)
	own = {heading: text for heading, text in row.cells.items() if heading not in ADDED}
	return {**dict(zip(ADDED, (row.number, heading, reasons.explain(left_out)), strict=True)), **own}


def _columns(rows: Iterable[dict]) -> tuple[str, ...]:
	return tuple(dict.fromkeys(name for row in rows for name in row))


def _write(path: Path, columns: tuple[str, ...], rows: list[dict]) -> Path | None:
	if not rows:
		path.unlink(missing_ok=True)
		return None
	with path.open("w", encoding="utf-8", newline="") as file:
		writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
		writer.writeheader()
		writer.writerows(rows)
	return path


def _read(path: str) -> str:
	try:
		return Path(path).read_text(encoding="utf-8-sig")
	except FileNotFoundError:
		frappe.throw(_("There is no file {0}. Check the path.").format(bold(path)))
	except UnicodeDecodeError:
		frappe.throw(_("The file {0} isn't UTF-8. Save it as CSV UTF-8.").format(bold(path)))


def _zone(name: str) -> ZoneInfo:
	try:
		return ZoneInfo(name)
	except (ZoneInfoNotFoundError, ValueError):
		frappe.throw(_("There is no time zone {0}. Write one such as Europe/Zagreb.").format(bold(name)))

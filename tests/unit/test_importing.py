"""Exports of other CRMs become drafts: sample files as readable tables, and values that are refused."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_interactions.importing import exports, hubspot, pipedrive, readers, salesforce
from crm_interactions.importing.readers import Clock, LeftOut

FILES = Path(__file__).parents[1] / "data" / "imports"
ZAGREB = ZoneInfo("Europe/Zagreb")
CLOCK = Clock(ZAGREB, ZAGREB)
TABLES = {"hubspot": hubspot.EXPORTS, "pipedrive": pipedrive.EXPORTS, "salesforce": salesforce.EXPORTS}

# title | medium, status, direction | start, end, seconds | partner; people; addresses | user
EXPECTED = {
	"hubspot_calls": """
		Price of the pumps | Phone Call Held Outgoing | 2024-03-05 14:30 225s | Adria Trade; Ana Horvat; +385 1 4567 890 ana@adria.example | Mara Kos
		Phone Call | Phone Call Not Held Incoming | 2024-07-05 10:00 | ; ; +385 91 555 0101 | mara@import.example
		Delivery | Phone Call Held Incoming | 2024-03-06 10:15 330s | Boat Works; Luka Perić; +385 91 555 0101 |
		row 5, direction: unknown Sideways
		row 6, duration: no length five minutes
		row 7, starts_on: no moment 05/03/2024 14:30
		Nobody knows them | Phone Call Held Outgoing | 2024-03-08 10:15 | Unknown Ltd; ; +385 99 000 000 |
		No such colleague | Phone Call Held Outgoing | 2024-03-08 10:15 | Adria Trade; ; +385 1 4567 890 | Someone Else
	""",
	"hubspot_emails": """
		Offer 12 | E-mail Held Outgoing | 2024-03-05 14:30 | Adria Trade; ; ana@adria.example luka@boat.example | Mara Kos
		Re: Offer 12 | E-mail Held Incoming | 2024-03-05 16:10 | ; ; ana@adria.example | Mara Kos
		Returned | E-mail Not Held Outgoing | 2024-03-06 09:00 | ; ; luka@boat.example |
		Forwarded | E-mail | 2024-03-06 09:00 | ; Ana Horvat; |
	""",
	"hubspot_meetings": """
		Start of the project | Meeting Held | 2024-03-05 14:30 to 2024-03-05 15:30 | Adria Trade; Ana Horvat, Iva Novak; ana@adria.example |
		Review | Meeting | 2024-04-05 15:00 | Boat Works; Luka Perić; |
		They did not come | Meeting Not Held | 2024-04-05 15:00 | Boat Works; Luka Perić; |
		Called off | Meeting Cancelled | 2024-04-05 15:00 | Boat Works; Luka Perić; |
		Without guests | Meeting Held | 2024-04-05 15:00 | Boat Works; ; |
	""",
	"hubspot_notes": """
		Prefers blue pumps; see the drawing | Other Held | 2024-03-05 14:30 | Adria Trade; Ana Horvat; |
	""",
	"hubspot_tasks": """
		Call about the order | Phone Call Planned | 2024-03-05 14:30 | Adria Trade; Ana Horvat; |
		Send the drawing | Planned Held | 2024-03-05 14:30 | Adria Trade; Ana Horvat; |
		Write to Luka | E-mail Planned | 2024-03-05 14:30 | Boat Works; Luka Perić; |
		row 5, kind: unknown Painting
	""",
	"pipedrive_activities": """
		Ask for the price | Phone Call Held | 2024-03-05 14:30 900s | Adria Trade; Ana Horvat; +385 1 4567 890 ana@adria.example | Mara Kos
		Send the offer | E-mail Planned | 2024-03-06 | Adria Trade; Ana Horvat; ana@adria.example +385 1 4567 890 |
		Visit | Meeting Held | 2024-03-07 09:00 5400s | Boat Works; Luka Perić; |
		Check the stock | Planned Planned | 2024-03-01 09:00 | Boat Works; Luka Perić; luka@boat.example |
		Demonstration | Meeting Held | 2024-03-07 | Boat Works; Luka Perić; |
		row 7, time: no time 2 pm
		row 8, status: unknown Maybe
	""",
	"salesforce_tasks": """
		Price of the pumps | Phone Call Held Outgoing | 2024-03-05 225s | Adria Trade; Ana Horvat; +385 1 4567 890 ana@adria.example | Mara Kos
		Email: Offer 12 | E-mail Held | 2024-03-06 | Adria Trade; Ana Horvat; ana@adria.example +385 1 4567 890 |
		Send the drawing | Planned Planned | 2024-03-01 09:00 | Boat Works; Luka Perić; |
		row 5, duration: no number half
		row 6, starts_on: no day 6.3.2024
	""",
	"salesforce_events": """
		Visit | Meeting | 2024-03-05 14:30 to 2024-03-05 15:30 3600s | Adria Trade; Ana Horvat; | Mara Kos
		Fair | Meeting | 2024-03-06 | Boat Works; Luka Perić; |
	""",
	"salesforce_emails": """
		Re: Offer 12 | E-mail Held Incoming | 2024-03-05 14:30 | Offer 12; ; ana@adria.example |
		Offer 12 | E-mail Held Outgoing | 2024-03-05 13:30 | ; ; ana@adria.example |
	""",
	"salesforce_notes": """
		Colours | Other Held | 2024-03-05 14:30 | Adria Trade; Adria Trade; |
		Holidays | Other Held | 2024-03-05 14:30 | Luka Perić; Luka Perić; |
	""",
}


def names() -> dict[str, str]:
	lines = (FILES / "names.csv").read_text(encoding="utf-8").splitlines()
	return dict(line.split(",") for line in lines)


def read(name: str):
	content = (FILES / f"{name}.csv").read_text(encoding="utf-8")
	return exports.read_file(content, TABLES[name.partition("_")[0]], CLOCK, names())


def show(row: exports.Row) -> str:
	if row.left_out:
		return f"row {row.number}, {row.left_out.column}: {row.left_out.reason} {row.left_out.value}"
	draft = row.draft
	period = shown_moment(draft.starts_on) + (f" to {shown_moment(draft.ends_on)}" if draft.ends_on else "")
	who = "; ".join((", ".join(draft.partner), ", ".join(draft.people), " ".join(draft.addresses)))
	cells = (
		draft.title,
		" ".join(filter(None, (draft.medium, draft.status, draft.direction))),
		period + (f" {draft.duration}s" if draft.duration else ""),
		who.strip(),
		draft.user,
	)
	return " | ".join(cells).strip()


def shown_moment(moment) -> str:
	return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else str(moment)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_is_read_as_its_table_says(name):
	_export, rows = read(name)
	assert [show(row) for row in rows] == [line.strip() for line in EXPECTED[name].strip().splitlines()]


def test_every_sample_has_a_table():
	assert {path.stem for path in FILES.glob("*_*.csv")} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_keys_name_system_kind_and_id(name):
	export, rows = read(name)
	keys = [row.draft.key for row in rows if row.draft]
	assert len({*keys}) == len(keys) and all(key.startswith(f"{export.name} ") for key in keys)


def test_texts_arrive_in_their_fields():
	_export, (first, *_others) = read("hubspot_meetings")
	assert (first.draft.agenda, first.draft.notes) == ("<p>Plan</p>", "<p>They were late.</p>")
	assert first.draft.place == "Harbour Street 1"


@pytest.mark.parametrize(
	("short", "long"), [("0015g000004XyZa", "0015g000004XyZaAAK"), ("0015g000004XyZaAAK",) * 2]
)
def test_ids_of_salesforce_are_long(short, long):
	assert salesforce.long_id(short, CLOCK) == long


# reader, text → value in the site's time zone, or reason
READ = (
	(readers.moment, "2024-03-05T13:30:00.000Z", "2024-03-05 14:30:00"),
	(readers.moment, "2024-03-05T13:30:00.000+0000", "2024-03-05 14:30:00"),
	(readers.moment, "2024-07-05 14:30 +02:00", "2024-07-05 14:30:00"),
	(readers.moment, "1709645400000", "2024-03-05 14:30:00"),
	(readers.moment, "2024-03-05", "2024-03-05"),
	(readers.moment, "2024-03-05 14:30", "no zone"),
	(readers.moment, "2024-13-05T14:30Z", "no moment"),
	(readers.moment, "03/05/2024 2:30 PM", "no moment"),
	(readers.day, "2024-03-05T00:00:00.000Z", "2024-03-05"),
	(readers.day, "2024-03-05T13:00:00Z", "no day"),
	(readers.day, "2024-02-30", "no day"),
	(readers.milliseconds, "90500", "90"),
	(readers.milliseconds, "1:00:05", "3605"),
	(readers.milliseconds, "1:05", "no length"),
	(readers.milliseconds, "1.5", "no length"),
	(readers.hours_and_minutes, "1:05", "3900"),
	(readers.hours_and_minutes, "90", "no length"),
	(readers.minutes, "60", "3600"),
	(readers.seconds, "1,234", "no number"),
	(readers.time_of_day, "25:00", "no time"),
	(readers.yes_or_no, "TRUE", "True"),
	(readers.yes_or_no, "maybe", "unknown"),
)


@pytest.mark.parametrize(("reader", "text", "expected"), READ)
def test_values_are_read_or_refused(reader, text, expected):
	try:
		assert str(reader(text, Clock(ZAGREB))) == expected
	except LeftOut as left_out:
		assert (left_out.reason, left_out.value) == (expected, text)


CALLS = "Record ID,Call title,Activity date,Call duration\n"


@pytest.mark.parametrize(
	("content", "reasons"),
	[
		(CALLS, []),
		(CALLS + ",,,\n", []),
		(CALLS + "1,Price,,\n", [("missing", "starts_on")]),
		(CALLS + '1,"Price, and more","2024-03-05T13:30:00Z"\n', [None]),
		("\ufeff" + CALLS.upper().replace("CALL TITLE", "Call title*") + "1,Price,2024-03-05,\n", [None]),
		(CALLS + "1,Price,2024-03-05T13:30:00Z,60000,one cell too many\n", [("too many", "")]),
	],
)
def test_empty_and_incomplete_rows(content, reasons):
	_export, rows = exports.read_file(content, hubspot.EXPORTS, CLOCK)
	assert [row.left_out and (row.left_out.reason, row.left_out.column) for row in rows] == reasons


@pytest.mark.parametrize("content", ["", "Subject,Date\n", CALLS.replace(",", ";")])
def test_other_files_are_no_export(content):
	with pytest.raises(exports.UnknownExport):
		exports.read_file(content, hubspot.EXPORTS, CLOCK)


@pytest.mark.parametrize("system", TABLES)
def test_tables_are_complete(system):
	for export in TABLES[system]:
		assert {*export.marks, "key", "starts_on", "partner", "people", "user"} <= export.columns.keys()
		assert {column.unless for column in export.columns.values()} <= {"", *export.columns}


def test_long_titles_are_cut():
	assert exports.title_of("x" * 200, "", "E-mail") == "x" * 139 + "…"


@pytest.mark.parametrize("system", TABLES)
def test_the_documentation_names_a_heading_of_each_column(system):
	document = (FILES.parents[2] / "docs" / "importing.md").read_text(encoding="utf-8").casefold()
	missing = [
		(export.name, name)
		for export in TABLES[system]
		for name, column in export.columns.items()
		if column.headings and column.headings[0].casefold() not in document
	]
	assert not missing

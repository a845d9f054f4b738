"""Exports of HubSpot, Pipedrive and Salesforce are converted, and Frappe's Data Import imports the result."""

import csv
import io
import re
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import frappe
import pytest

from crm_interactions.activities import former_id
from crm_interactions.followups import converting
from crm_interactions.importing import files as conversion
from crm_interactions.importing.readers import Clock
from tests.site import imports
from tests.site.factories import contact, interaction, log_in, partner, record, some_partner, user
from tests.site.traces import removed_afterwards

pytestmark = pytest.mark.records_only
SAMPLES = Path(__file__).parents[1] / "data" / "imports"
ZAGREB = ZoneInfo("Europe/Zagreb")
MARA = "mara@import.example"

# samples of a system → type, topic | status, direction | start, end, seconds | partner; contact; number or address | user
EXPECTED = {
	"HubSpot": """
		E-mail, Forwarded | Held | 2024-03-06 09:00 | Adria Trade; Ana Horvat; | importer
		E-mail, Offer 12 | Held Outgoing | 2024-03-05 14:30 | Adria Trade; Ana Horvat; ana@adria.example | mara
		E-mail, Re: Offer 12 | Held Incoming | 2024-03-05 16:10 | Adria Trade; Ana Horvat; ana@adria.example | mara
		E-mail, Returned | Not Held Outgoing | 2024-03-06 09:00 | Boat Works; Luka Perić; luka@boat.example | importer
		E-mail, Write to Luka | Planned | 2024-03-05 14:30 | Boat Works; Luka Perić; | importer
		Meeting, Called off | Cancelled | 2024-04-05 15:00 | Boat Works; Luka Perić | importer
		Meeting, Review | Held | 2024-04-05 15:00 | Boat Works; Luka Perić | importer
		Meeting, Start of the project | Held | 2024-03-05 14:30 to 15:30 3600s | Adria Trade; Ana Horvat, Iva Novak | importer
		Meeting, They did not come | Not Held | 2024-04-05 15:00 | Boat Works; Luka Perić | importer
		Note, Prefers blue pumps; see the drawing | Held | 2024-03-05 14:30 | Adria Trade; Ana Horvat; | importer
		Phone Call, Call about the order | Planned | 2024-03-05 14:30 | Adria Trade; Ana Horvat; | importer
		Phone Call, Delivery | Held Incoming | 2024-03-06 10:15 330s | Boat Works; Luka Perić; +385 91 555 0101 | importer
		Phone Call, Phone Call | Not Held Incoming | 2024-07-05 10:00 | Boat Works; Luka Perić; +385 91 555 0101 | mara
		Phone Call, Price of the pumps | Held Outgoing | 2024-03-05 14:30 225s | Adria Trade; Ana Horvat; +385 1 4567 890 | mara
		Planned, Send the drawing | Held | 2024-03-05 14:30 | Adria Trade; Ana Horvat; | importer
	""",
	"Pipedrive": """
		E-mail, Send the offer | Planned | 2024-03-06 00:00 | Adria Trade; Ana Horvat; ana@adria.example | importer
		Meeting, Demonstration | Held | 2024-03-07 00:00 | Boat Works; Luka Perić | importer
		Meeting, Visit | Held | 2024-03-07 09:00 5400s | Boat Works; Luka Perić | importer
		Phone Call, Ask for the price | Held | 2024-03-05 14:30 900s | Adria Trade; Ana Horvat; +385 1 4567 890 | mara
		Planned, Check the stock | Planned | 2024-03-01 09:00 | Boat Works; Luka Perić; luka@boat.example | importer
	""",
	"Salesforce": """
		E-mail, Email: Offer 12 | Held | 2024-03-06 00:00 | Adria Trade; Ana Horvat; ana@adria.example | importer
		E-mail, Offer 12 | Held Outgoing | 2024-03-05 13:30 | Adria Trade; Ana Horvat; ana@adria.example | importer
		E-mail, Re: Offer 12 | Held Incoming | 2024-03-05 14:30 | Adria Trade; Ana Horvat; ana@adria.example | importer
		Meeting, Fair | Held | 2024-03-06 00:00 | Boat Works; Luka Perić | importer
		Meeting, Visit | Held | 2024-03-05 14:30 to 15:30 3600s | Adria Trade; Ana Horvat | mara
		Note, Holidays | Held | 2024-03-05 14:30 | Boat Works; Luka Perić; | importer
		Phone Call, Price of the pumps | Held Outgoing | 2024-03-05 00:00 225s | Adria Trade; Ana Horvat; +385 1 4567 890 | mara
		Planned, Send the drawing | Planned | 2024-03-01 09:00 | Boat Works; Luka Perić; | importer
	""",
}
# file, row, heading → part of the reason
LEFT_OUT = {
	("hubspot_calls", 5, "Call direction"): "Sideways is none of the values .*INBOUND, OUTBOUND",
	("hubspot_calls", 6, "Call duration"): "five minutes is no duration",
	("hubspot_calls", 7, "Activity date"): "05/03/2024 14:30 is no date and time",
	("hubspot_calls", 8, "Associated Company"): r"No partner is found by Unknown Ltd, \+385 99 000 000",
	("hubspot_calls", 9, "Activity assigned to"): "Someone Else is no user",
	("hubspot_meetings", 6, "Associated Contact"): "names neither a person nor",
	("hubspot_tasks", 5, "Task Type"): "Painting is none of the values",
	("pipedrive_activities", 7, "Activity - Due time"): "2 pm is no time of day",
	("pipedrive_activities", 8, "Activity - Done"): "Maybe is none of the values",
	("salesforce_notes", 2, "Parent.Name"): "names neither a person nor",
	("salesforce_tasks", 5, "CallDurationInSeconds"): "half is no whole number",
	("salesforce_tasks", 6, "ActivityDate"): "6.3.2024 is no date",
}


@pytest.fixture
def files():
	with removed_afterwards() as files:
		yield files


@pytest.fixture
def world(files):
	"""Create the partners, people, users and types that the samples name, as an administrator would."""
	user(MARA, "Interaction User", first_name="Mara").db_set("full_name", "Mara Kos")
	record("Interaction Type", title="Note", medium="Other")
	adria, boats = partner("Adria Trade"), partner("Boat Works")
	contact(adria, "Ana", "Horvat", phone="+385 1 4567 890", email="ana@adria.example")
	contact(boats, "Luka", "Perić", phone="+385 91 555 0101", email="luka@boat.example")


def convert(name: str) -> conversion.Result:
	system = next(one for one in conversion.SYSTEMS if one.lower() == name.partition("_")[0])
	names = conversion.read_names((SAMPLES / "names.csv").read_text(encoding="utf-8"))
	content = (SAMPLES / f"{name}.csv").read_text(encoding="utf-8")
	return conversion.convert_text(content, system, Clock(ZAGREB, ZAGREB), names)


def samples(system: str) -> list[str]:
	return sorted(path.stem for path in SAMPLES.glob(f"{system.lower()}_*.csv"))


def as_csv(doctype: str, rows: list[dict]) -> str:
	out = io.StringIO(newline="")
	writer = csv.DictWriter(out, conversion.COLUMNS[doctype], restval="")
	writer.writeheader()
	writer.writerows(rows)
	return out.getvalue()


def show(doctype: str, name: str) -> str:
	doc = frappe.get_doc(doctype, name)
	moments = [f"{doc.starts_on:%Y-%m-%d %H:%M}", f"to {doc.ends_on:%H:%M}" if doc.ends_on else ""]
	if doctype == "Meeting":
		who = (doc.party_name, ", ".join(row.full_name for row in doc.participants))
	else:
		person = doc.contact and frappe.db.get_value("Contact", doc.contact, "full_name")
		who = (doc.party_name, person or "", doc.how_to_reach or "")
	cells = (
		f"{doc.interaction_type}, {doc.title}",
		" ".join(filter(None, (doc.status, doc.get("direction")))),
		" ".join(filter(None, (*moments, f"{doc.duration:.0f}s" if doc.duration else ""))),
		"; ".join(who).strip(),
		doc.responsible.partition("@")[0],
	)
	return " | ".join(cells)


@pytest.mark.parametrize("system", conversion.SYSTEMS)
def test_converted_samples_are_imported(system, world, files):
	log_in("importer@example.com", "Interaction Manager", "Sales User")
	shown = []
	for name in samples(system):
		for doctype, rows in convert(name).rows.items():
			if rows:
				done = imports.run(as_csv(doctype, rows), files, doctype=doctype)
				assert (imports.failures(done), imports.warnings(done)) == ({}, []), name
				shown += [show(doctype, one) for one in imports.imported(done)]
	assert sorted(shown) == [line.strip() for line in EXPECTED[system].strip().splitlines()]
	again = [convert(name) for name in samples(system)]
	assert not any(rows for result in again for rows in result.rows.values())
	assert sum(result.known for result in again) == len(shown)


def test_rows_left_out_are_named_with_column_and_reason(world):
	found = {}
	for name in sorted(path.stem for path in SAMPLES.glob("*_*.csv")):
		for row in convert(name).left_out:
			found[name, row["Row"], row["Column"]] = row["Reason"]
	assert found.keys() == LEFT_OUT.keys()
	for place, pattern in LEFT_OUT.items():
		assert re.search(pattern, found[place]), found[place]


def test_the_command_writes_its_files_beside_the_export(world, tmp_path):
	shutil.copy(SAMPLES / "hubspot_meetings.csv", tmp_path / "meetings.csv")
	done = conversion.convert(str(tmp_path / "meetings.csv"), "HubSpot")
	assert {key: done[key] for key in ("interaction", "meeting", "left_out", "known")} == {
		**{"interaction": 0, "meeting": 4, "left_out": 1, "known": 0}
	}
	left = tmp_path / "meetings.left_out.csv"
	assert sorted(done["files"]) == [str(left), str(tmp_path / "meetings.meeting.csv")]
	corrected = left.read_text(encoding="utf-8").replace(",,Boat Works", ",Luka Perić,Boat Works")
	(tmp_path / "meetings.csv").write_text(corrected, encoding="utf-8")
	done = conversion.convert(str(tmp_path / "meetings.csv"), "HubSpot")
	assert (done["meeting"], done["left_out"]) == (1, 0)
	assert not left.exists(), "the rows left out by an earlier run are gone"


@pytest.mark.parametrize(
	("change", "message"),
	[
		({"system": "Excel"}, "Excel.* is unknown. Choose one of: HubSpot, Pipedrive, Salesforce"),
		({"system": "Salesforce"}, "headings are those of no export of .*Salesforce"),
		({"time_zone": "Zagreb"}, "no time zone .*Zagreb"),
		({"path": "/nowhere/calls.csv"}, "no file .*/nowhere/calls.csv"),
	],
)
def test_wrong_arguments_are_refused(change, message):
	with pytest.raises(frappe.ValidationError, match=message):
		conversion.convert(**{"path": str(SAMPLES / "hubspot_calls.csv"), "system": "HubSpot", **change})


def test_several_partners_of_an_address_are_not_chosen_from(world):
	for name in ("Jane", "John"):
		contact(partner(f"{name} Ltd"), name, "Roe", email="office@both.example")
	content = "hs_object_id,hs_call_title,hs_timestamp,Associated Contact\n1,Price,2024-03-05T13:30:00Z,office@both.example\n"
	(row,) = conversion.convert_text(content, "HubSpot", Clock(ZAGREB)).left_out
	assert "office@both.example leads to several partners: Jane Ltd, John Ltd" in row["Reason"]


def test_a_former_id_is_imported_once_and_only_by_imports(world, files):
	row = {
		**{"Former ID": "HubSpot call 9", "Type": "Phone Call", "Topic": "Price", "Direction": "Incoming"},
		**{"Full Name (Participants)": "Ivan Babić", "Side (Participants)": "Theirs"},
		**{"Partner Type": some_partner().doctype, "Partner": some_partner().name},
		**{"Phone or E-mail": "+385 1 4567 890", "Date and Time": "2024-03-05 14:30:00"},
	}
	first = imports.imported(imports.run(imports.table(row), files))[0]
	second = imports.run(imports.table(row, {**row, "Former ID": ""}), files)
	assert len(imports.imported(second)) == 1
	assert f"was imported before, as <strong>{first}" in imports.failures(second)[2]
	typed = interaction(former_id="HubSpot call 10")
	assert typed.former_id is None
	doc = frappe.get_doc("Interaction", first)
	doc.update({"former_id": None, "status": "Planned"}).save()
	assert doc.former_id == "HubSpot call 9"
	meeting = converting.convert(doc, "Meeting")
	assert (meeting.doctype, former_id.find("HubSpot call 9")) == ("Meeting", meeting.name)

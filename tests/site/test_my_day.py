"""My Day: planned work of all types by time, chains without a next step, and putting work off (B11)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import get_datetime, getdate

from crm_interactions.api import day as api
from crm_interactions.api.activity import snooze
from crm_interactions.clock import site_time
from crm_interactions.day import page as day_page
from tests.site.factories import contact, interaction, log_in, meeting, partner, record, user
from tests.site.test_history_by_reference import count_queries

pytestmark = pytest.mark.records_only
# the document types that a page reads
KINDS = (
	*("Activity Link", "Interaction Chain", "Interaction", "Meeting", "Interaction Type"),
	*("Contact", "a partner type", "User"),
)
NOW = get_datetime("2031-05-14 10:00:00")  # a Wednesday


@pytest.fixture
def rep():
	log_in("day.rep@example.com", "Interaction User")
	return frappe.session.user


@pytest.fixture
def noon(monkeypatch):
	monkeypatch.setattr(site_time, "now", lambda: NOW)


def reader(name: str) -> str:
	return user(f"day.{name}@example.com", "Interaction User").name


def planned(starts_on, of=None, **fields):
	fields.setdefault("responsible", frappe.session.user)
	return interaction(of, status="Planned", starts_on=f"{starts_on}:00", **fields)


def sections(**arguments) -> dict[str, dict]:
	return {found["section"]: found for found in api.page(**arguments)["sections"]}


def titles(found: dict) -> list[str]:
	return [row.title for row in found["rows"]]


class TestSections:
	def test_each_row_is_in_the_section_of_its_time_once(self, rep, noon):
		for moment in (
			*("2031-05-13 09:00", "2031-05-14 09:59", "2031-05-14 10:00", "2031-05-14 23:59"),
			*(
				"2031-05-15 00:30",
				"2031-05-15 23:00",
				"2031-05-16 08:00",
				"2031-05-21 23:00",
				"2031-05-22 01:00",
			),
		):
			planned(moment, title=moment)
		interaction(title="Silent", responsible=rep, starts_on="2026-05-01 10:00:00")
		found = sections()
		assert {section: titles(rows) for section, rows in found.items()} == {
			"late": ["2031-05-14 09:59", "2031-05-13 09:00"],
			"today": ["2031-05-14 10:00", "2031-05-14 23:59"],
			"tomorrow": ["2031-05-15 00:30", "2031-05-15 23:00"],
			"week": ["2031-05-16 08:00", "2031-05-21 23:00"],
			"no_step": ["Silent"],
		}
		assert [rows["count"] for rows in found.values()] == [2, 2, 2, 2, 1]

	def test_a_day_without_work_is_empty(self, rep, noon):
		assert [found["rows"] for found in sections().values()] == [[]] * 5

	def test_all_types_are_in_it_and_an_assignment_only_as_its_activity(self, rep, noon):
		planned("2031-05-14 11:00", title="Call")
		meeting(title="Visit", status="Planned", starts_on="2031-05-14 12:00:00", responsible=rep)
		todo = {"doctype": "ToDo", "description": "Prices", "date": "2031-05-14", "allocated_to": rep}
		frappe.get_doc(todo).insert()
		event = {
			"doctype": "Event",
			"subject": "Fair",
			"starts_on": "2031-05-14 13:00:00",
			"event_type": "Private",
		}
		frappe.get_doc(event).insert()
		assert sorted(titles(sections()["today"])) == ["Call", "Fair", "Prices", "Visit"]

	def test_a_day_is_that_of_the_readers_clock(self, rep, noon):
		frappe.db.set_value("User", rep, "time_zone", "Pacific/Auckland")
		frappe.clear_document_cache("User", rep)
		zone = site_time.zone_of(rep)
		midnight = site_time.end_of_today(NOW, zone)
		planned(str(midnight - timedelta(minutes=1))[:16], title="before midnight there")
		planned(str(midnight + timedelta(minutes=1))[:16], title="after midnight there")
		found = sections()
		assert titles(found["today"]) == ["before midnight there"]
		assert titles(found["tomorrow"]) == ["after midnight there"]

	def test_the_next_rows_of_a_section_follow(self, rep, noon, monkeypatch):
		for number in range(5):
			planned(f"2031-05-14 1{number}:30", title=str(number))
		first = sections(length=2)["today"]
		assert (first["count"], titles(first), first["more"]) == (5, ["0", "1"], True)
		rest = api.page(section="today", start=2, length=10)
		assert (titles(rest), rest["more"]) == (["2", "3", "4"], False)
		monkeypatch.setattr(day_page, "COUNTED", 3)
		assert sections(length=2)["today"]["count"] == "3+"

	@pytest.mark.parametrize("argument", [{"section": "yesterday"}, {"whose": "all"}])
	def test_an_unknown_section_is_refused(self, rep, argument):
		with pytest.raises(frappe.ValidationError, match="must be one of"):
			api.page(**argument)


class TestTeam:
	def test_a_supervisor_sees_the_work_of_the_users_below(self, noon):
		below, chief = reader("below"), reader("chief")
		record("Interaction Team", team_name="Day", leader=chief, members=[{"user": below}])
		planned("2031-05-14 11:00", title="Theirs", responsible=below)
		planned("2031-05-14 12:00", title="Own", responsible=chief)
		frappe.set_user(chief)
		assert titles(sections()["today"]) == ["Own"]
		(row,) = sections(whose="team")["today"]["rows"]
		assert (row.title, row.responsible) == ("Theirs", below)
		frappe.set_user(below)
		assert api.page(whose="team")["users"] == 0

	def test_work_that_the_reader_may_not_read_is_left_out(self, settings, noon):
		settings(visibility="Own and Team")
		other, rep = reader("other"), reader("reads")
		hidden = planned("2031-05-14 11:00", title="Hidden", responsible=other)
		frappe.db.set_value("Activity Link", {"activity": hidden.name}, "responsible", rep)
		frappe.set_user(rep)
		assert titles(sections()["today"]) == []


class TestDetails:
	def test_a_row_has_the_number_the_names_and_the_last_line_of_the_last_note(self, rep, noon):
		of = partner("Noted Ltd")
		person = contact(of, "Nora", "Note", phone="+385 1 555 1111", email="nora@noted.example")
		first = interaction(of, starts_on="2026-05-02 10:00:00", notes="<p>Old</p>")
		chain = {"chain": first.chain, "contact": person.name}
		interaction(
			of, starts_on="2026-05-03 10:00:00", notes="<p>Asks for a price.</p><p>Wants two.</p>", **chain
		)
		planned("2031-05-14 11:00", of, title="Next", how_to_reach="", **chain)
		planned(
			"2031-05-14 12:00",
			of,
			title="Own note",
			notes="<p>Mention the fair</p>",
			how_to_reach="nora@x.example",
			**chain,
		)
		following, own = sections()["today"]["rows"]
		assert following.note == "Wants two."
		assert (following.party_name, following.contact_name) == ("Noted Ltd", "Nora Note")
		assert (following.phone, following.email) == ("+385 1 555 1111", "nora@noted.example")
		assert (own.note, own.email) == ("Mention the fair", "nora@x.example")

	def test_a_chain_without_a_next_step_has_the_contact_of_its_last_activity(self, rep, noon):
		of = partner("Last Ltd")
		people = [contact(of, name, phone=f"+385 1 555 222{name[-1]}") for name in ("First1", "Last2")]
		first = interaction(of, starts_on="2026-05-02 10:00:00", contact=people[0].name)
		interaction(of, starts_on="2026-05-03 10:00:00", contact=people[1].name, chain=first.chain)
		(row,) = sections()["no_step"]["rows"]
		assert (row.contact, row.phone) == (people[1].name, "+385 1 555 2222")

	def test_the_note_of_an_activity_that_the_reader_may_not_read_stays_hidden(self, settings, noon):
		settings(visibility="Own and Team")
		other, rep = reader("wrote"), reader("plans")
		of = partner("Hidden Note Ltd")
		first = interaction(of, starts_on="2026-05-02 10:00:00", notes="<p>Secret</p>", responsible=other)
		planned("2031-05-14 11:00", of, chain=first.chain, responsible=rep)
		frappe.set_user(rep)
		(row,) = sections()["today"]["rows"]
		assert row.note is None

	def test_100_rows_take_as_many_queries_as_two(self, rep, noon, monkeypatch):
		def ask(number: int) -> int:
			for minute in range(number):
				of = partner(f"P {number} {minute}")
				person = contact(of, f"C{minute}", phone="+385 1 555 2222")
				planned(f"2031-05-14 11:{minute:02d}", of, contact=person.name, how_to_reach="")
			return count_queries(monkeypatch, lambda: api.page(length=100))

		few = ask(2)
		assert ask(50) == few
		assert few <= 3 * len(KINDS)


class TestSnooze:
	@pytest.mark.parametrize(
		("to", "expected"),
		[
			("hour", "2031-05-14 11:00:00"),
			("tomorrow", "2031-05-15 09:00:00"),
			("week", "2031-05-21 08:30:00"),
			("2031-06-01 12:15:00", "2031-06-01 12:15:00"),
		],
	)
	def test_an_activity_moves_with_its_length(self, rep, noon, to, expected):
		doc = planned("2031-05-12 08:30", ends_on="2031-05-12 09:15:00")
		answer = snooze("Interaction", doc.name, to)
		assert answer == {"date": expected, "former": "2031-05-12 08:30:00"}
		doc.reload()
		assert (str(doc.starts_on), doc.ends_on - doc.starts_on) == (expected, timedelta(minutes=45))
		assert str(frappe.db.get_value("Activity Link", {"activity": doc.name}, "activity_date")) == expected

	def test_undo_is_the_former_time(self, rep, noon):
		doc = planned("2031-05-12 08:30")
		former = snooze("Interaction", doc.name, "week")["former"]
		assert snooze("Interaction", doc.name, former)["date"] == former

	def test_a_todo_takes_the_day_and_an_event_keeps_its_length(self, rep, noon):
		todo = frappe.get_doc(
			{"doctype": "ToDo", "description": "x", "date": "2031-05-12", "allocated_to": rep}
		).insert()
		snooze("ToDo", todo.name, "week")
		assert getdate(todo.reload().date) == getdate("2031-05-21")
		undated = frappe.get_doc({"doctype": "ToDo", "description": "y", "allocated_to": rep}).insert()
		snooze("ToDo", undated.name, "tomorrow")
		assert getdate(undated.reload().date) == getdate("2031-05-15")
		event = frappe.get_doc(
			{
				**{"doctype": "Event", "subject": "Fair", "event_type": "Private"},
				**{"starts_on": "2031-05-14 13:00:00", "ends_on": "2031-05-14 15:00:00"},
			}
		).insert()
		snooze("Event", event.name, "tomorrow")
		event.reload()
		assert (str(event.starts_on), str(event.ends_on)) == ("2031-05-15 09:00:00", "2031-05-15 11:00:00")

	def test_what_took_place_is_refused(self, rep, noon):
		doc = interaction(responsible=rep)
		with pytest.raises(frappe.ValidationError, match="isn't planned any more"):
			snooze("Interaction", doc.name, "hour")

	def test_it_takes_the_right_to_write(self, settings, noon):
		doc = planned("2031-05-14 12:00", responsible=reader("owns"))
		settings(visibility="Own and Team")
		log_in("day.others@example.com", "Interaction User")
		with pytest.raises(frappe.PermissionError):
			snooze("Interaction", doc.name, "hour")

	@pytest.mark.parametrize("to", ["next month", "2031-13-01"])
	def test_another_time_is_refused(self, rep, noon, to):
		with pytest.raises(frappe.ValidationError):
			snooze("Interaction", planned("2031-05-14 12:00").name, to)

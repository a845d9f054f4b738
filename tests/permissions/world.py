"""The records of the matrix, in every relation to its people."""

from dataclasses import dataclass, field

import frappe
from frappe.desk.doctype.global_search_settings.global_search_settings import (
	get_doctypes_for_global_search,
)
from frappe.desk.form.assign_to import add as assign
from frappe.share import add as share
from frappe.utils import now_datetime

from crm_interactions.chains import closing
from tests.permissions import people, traces
from tests.permissions.people import PEOPLE
from tests.site.factories import partner, partner_type

# a word in all titles and nowhere else on the site, for searches
WORD = f"Zvezdana{frappe.generate_hash(length=6)}"


@dataclass
class Record:
	"""An activity and its people, as keys of `PEOPLE`."""

	doctype: str
	relation: str
	owner: str
	responsible: str
	participants: tuple[str, ...] = ()
	assigned: tuple[str, ...] = ()
	shared: tuple[str, ...] = ()
	# if False, the activity was held
	planned: bool = False
	name: str = ""
	chain: str = ""
	file_url: str = ""
	token: str = field(default_factory=lambda: f"q{frappe.generate_hash(length=11)}")

	@property
	def title(self) -> str:
		return f"{WORD} {self.token}"

	@property
	def label(self) -> str:
		return f"{self.doctype} {self.relation}"


# relations of planned activities by document type; each relation also has a held one
PLANNED = {
	"Interaction": ("unrelated", "of a worker", "of another worker", "shared"),
	"Meeting": ("recorded and done by different workers", "assigned", "with a participant"),
	"Product Record": (),
}


def records() -> list[Record]:
	found: list[Record] = []
	for doctype in ("Interaction", "Meeting", "Product Record"):
		found += [
			Record(doctype, "unrelated", "Administrator", "Administrator"),
			Record(doctype, "of a worker", "worker", "worker"),
			Record(doctype, "of another worker", "other.worker", "other.worker"),
			Record(doctype, "recorded and done by different workers", "worker", "other.worker"),
			Record(doctype, "assigned", "Administrator", "Administrator", assigned=("assignee",)),
			Record(doctype, "shared", "Administrator", "Administrator", shared=("reader", "roleless")),
		]
		if doctype != "Product Record":
			found.append(
				Record(doctype, "with a participant", "Administrator", "Administrator", ("participant",))
			)
	for record in found:
		record.planned = record.relation in PLANNED[record.doctype]
	return found


@dataclass
class World:
	party_type: str
	party: str
	records: list[Record]
	keys: dict[str, str]
	# False on SQLite, and with ERPNext, whose global search lacks the app's types until an administrator adds them
	is_searchable: bool
	# the name of a row of a chain's log
	log: str

	def of(self, doctype: str) -> list[Record]:
		return [record for record in self.records if record.doctype == doctype]


def make() -> World:
	"""Make users, teams and records, each recorded by its owner. The caller commits."""
	_clear_partners_as_subjects()
	people.make()
	shop = partner(f"{WORD} Trade")
	made = records()
	for record in made:
		_record(record, shop)
	frappe.set_user("Administrator")
	return World(shop.doctype, shop.name, made, people.keys(), _is_searchable(), _log(made[0]))


def _clear_partners_as_subjects() -> None:
	"""Clear partners as subjects, left by browser tests: *linked documents* follows only one field with a partner."""
	for doctype in ("Interaction", "Meeting"):
		about = {"subject_type": partner_type()}
		frappe.db.set_value(doctype, about, {"subject_type": None, "subject": None})
	frappe.cache.delete_value("linked_doctypes")
	frappe.clear_cache()


def _is_searchable() -> bool:
	return frappe.db.db_type != "sqlite" and "Interaction" in get_doctypes_for_global_search()


def _log(record: Record) -> str:
	return frappe.get_all("Interaction Chain Log", {"chain": record.chain}, pluck="name", limit=1)[0]


def _record(record: Record, shop) -> None:
	frappe.set_user(PEOPLE[record.owner].name)
	values = {
		"status": "Planned" if record.planned else "Held",
		"add_to_calendar": record.planned,
		"doctype": record.doctype,
		"title": record.title,
		"product": record.title,
		"party_type": shop.doctype,
		"party": shop.name,
		"responsible": PEOPLE[record.responsible].name,
		"interaction_type": "Meeting" if record.doctype == "Meeting" else "Phone Call",
		"how_to_reach": "+385 1 4567 890",
		# now, so that planned activities are late a moment later
		"starts_on": now_datetime().replace(microsecond=0),
		"notes": f"<p>{record.title}</p>",
		"participants": [
			{"full_name": f"Ivan {record.title}", "side": "Theirs"},
			*(
				{"participant_type": "User", "participant": PEOPLE[key].name, "side": "Ours"}
				for key in record.participants
			),
		],
	}
	fields = frappe.get_meta(record.doctype).get_valid_columns()
	doc = frappe.get_doc(
		{f: v for f, v in values.items() if f in ("doctype", "participants") or f in fields}
		if record.doctype != "Product Record"
		else {f: v for f, v in values.items() if f == "doctype" or f in fields}
	).insert()
	record.name, record.chain = doc.name, doc.chain
	frappe.set_user("Administrator")
	# the reason is quoted in the log
	closing.close(doc.chain, record.title)
	closing.reopen(doc.chain)
	with traces.notifying_at_once():
		for key in record.assigned:
			what = {"doctype": doc.doctype, "name": doc.name, "description": record.title}
			assign({**what, "assign_to": [PEOPLE[key].name]})
		for key in record.shared:
			share(doc.doctype, doc.name, PEOPLE[key].name, read=1, notify=1)
		record.file_url = traces.leave_traces(
			record, [person.name for person in PEOPLE.values() if person.key != "Guest"]
		)

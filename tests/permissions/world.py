"""Records in every relation to people: what the matrix is made of. Everything is committed."""

from dataclasses import dataclass, field

import frappe
import people
import traces
from factories import partner, partner_type
from frappe.desk.doctype.global_search_settings.global_search_settings import (
	get_doctypes_for_global_search,
)
from frappe.desk.form.assign_to import add as assign
from frappe.share import add as share
from frappe.utils import now_datetime
from people import PEOPLE

from crm_interactions.chains import closing

# a word that all titles have, for searches, and nothing else on the site
WORD = f"Zvezdana{frappe.generate_hash(length=6)}"


@dataclass
class Record:
	"""An activity and who has to do with it, as it was made; keys of `PEOPLE`."""

	doctype: str
	relation: str
	owner: str
	responsible: str
	participants: tuple[str, ...] = ()
	assigned: tuple[str, ...] = ()
	shared: tuple[str, ...] = ()
	# still to come, or late; else it took place
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


# of each relation there is a planned activity and one that was held
PLANNED = {
	"Interaction": ("nobody's", "of a worker", "of another worker", "shared"),
	"Meeting": ("recorded by one, done by the other", "assigned", "taken part in"),
	"Product Record": (),
}


def records() -> list[Record]:
	found: list[Record] = []
	for doctype in ("Interaction", "Meeting", "Product Record"):
		found += [
			Record(doctype, "nobody's", "Administrator", "Administrator"),
			Record(doctype, "of a worker", "worker", "worker"),
			Record(doctype, "of another worker", "other.worker", "other.worker"),
			Record(doctype, "recorded by one, done by the other", "worker", "other.worker"),
			Record(doctype, "assigned", "Administrator", "Administrator", assigned=("assignee",)),
			Record(doctype, "shared", "Administrator", "Administrator", shared=("reader", "roleless")),
		]
		if doctype != "Product Record":
			found.append(Record(doctype, "taken part in", "Administrator", "Administrator", ("participant",)))
	for record in found:
		record.planned = record.relation in PLANNED[record.doctype]
	return found


@dataclass
class World:
	party_type: str
	party: str
	records: list[Record]
	keys: dict[str, str]
	# SQLite has no global search, and where ERPNext is it looks for ERPNext's types until an administrator adds ours
	is_searchable: bool
	# an entry of a chain's log
	log: str

	def of(self, doctype: str) -> list[Record]:
		return [record for record in self.records if record.doctype == doctype]


def make() -> World:
	"""Make users, teams and records, each recorded by its owner. Whoever calls it commits."""
	_forget_partners_as_subjects()
	people.make()
	shop = partner(f"{WORD} Trade")
	made = records()
	for record in made:
		_record(record, shop)
	frappe.set_user("Administrator")
	return World(shop.doctype, shop.name, made, people.keys(), _is_searchable(), _log(made[0]))


def _forget_partners_as_subjects() -> None:
	"""Clear the subjects left by the browser tests: of two fields that name a partner, *linked documents* follows only one."""
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
		# a moment ago: late where it was planned
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
	# its log quotes the reason
	closing.close(doc.chain, record.title)
	closing.reopen(doc.chain)
	with traces.told_at_once():
		for key in record.assigned:
			what = {"doctype": doc.doctype, "name": doc.name, "description": record.title}
			assign({**what, "assign_to": [PEOPLE[key].name]})
		for key in record.shared:
			share(doc.doctype, doc.name, PEOPLE[key].name, read=1, notify=1)
		record.file_url = traces.leave(
			record, [person.name for person in PEOPLE.values() if person.key != "Guest"]
		)

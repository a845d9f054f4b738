"""The records of the matrix, in every relation to its people."""

from dataclasses import dataclass, field

import frappe
from frappe.desk.form.assign_to import add as assign
from frappe.share import add as share
from frappe.utils import now_datetime, nowdate

from crm_interactions.chains import closing
from tests.permissions import people, traces
from tests.permissions.people import PEOPLE
from tests.site.factories import activity_plan, partner, partner_type

# a word in all titles and nowhere else on the site, for searches
WORD = f"Zvezdana{frappe.generate_hash(length=6)}"
ACTIVITIES = ("Interaction", "Meeting", "Product Record")


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
	def result(self) -> str:
		"""The result of its chain, which stays open, as with a result that the subject gives; blank for none."""
		if self.doctype != "Product Record":
			return ""
		return "Won" if self.relation in ("unrelated", "of a worker", "assigned") else "Lost"

	@property
	def label(self) -> str:
		return f"{self.doctype} {self.relation}"


# relation, document type of its planned activity (its others were held), owner, responsible, further people
RELATIONS = (
	("unrelated", "Interaction", "Administrator", "Administrator", {}),
	("of a worker", "Interaction", "worker", "worker", {}),
	("of another worker", "Interaction", "other.worker", "other.worker", {}),
	("recorded and done by different workers", "Meeting", "worker", "other.worker", {}),
	("assigned", "Meeting", "Administrator", "Administrator", {"assigned": ("assignee",)}),
	("shared", "Interaction", "Administrator", "Administrator", {"shared": ("reader", "roleless")}),
	("with a participant", "Meeting", "Administrator", "Administrator", {"participants": ("participant",)}),
)


def records() -> list[Record]:
	"""Return an activity of each document type in each of its relations."""
	return [
		Record(doctype, relation, owner, responsible, planned=doctype == planned, **further)
		for doctype in ACTIVITIES
		for relation, planned, owner, responsible, further in RELATIONS
		if doctype != "Product Record" or "participants" not in further
	]


@dataclass
class World:
	party_type: str
	party: str
	records: list[Record]
	keys: dict[str, str]
	# the name of a row of a chain's log
	log: str
	# the plan of the runs in all chains
	plan: str

	def of(self, doctype: str) -> list[Record]:
		return [record for record in self.records if record.doctype == doctype]


def make() -> World:
	"""Make users, teams and records, each recorded by its owner. The caller commits."""
	_clear_partners_as_subjects()
	people.make()
	shop = partner(f"{WORD} Trade")
	plan = activity_plan(title=f"Plan {frappe.generate_hash(length=6)}").name
	made = records()
	for record in made:
		_record(record, shop)
		_run(record, plan)
	frappe.set_user("Administrator")
	log = frappe.get_all("Interaction Chain Log", {"chain": made[0].chain}, pluck="name", limit=1)[0]
	return World(shop.doctype, shop.name, made, people.keys(), log, plan)


def partner_named(name: str):
	"""Return the partner with this name; create it if it is missing."""
	doctype = partner_type()
	return frappe.get_doc(doctype, name) if frappe.db.exists(doctype, name) else partner(name)


def _clear_partners_as_subjects() -> None:
	"""Clear partners as subjects, left by browser tests: *linked documents* follows only one field with a partner."""
	for doctype in ("Interaction", "Meeting"):
		about = {"subject_type": partner_type()}
		frappe.db.set_value(doctype, about, {"subject_type": None, "subject": None})
	frappe.cache.delete_value("linked_doctypes")
	frappe.clear_cache()


def is_due_today(record: Record) -> bool:
	return record.planned and record.doctype == "Meeting"


def _run(record: Record, plan: str) -> None:
	"""Insert a run of a plan in the chain of a record, which its key quotes."""
	values = {"plan": plan, "chain": record.chain, "status": "Done", "run_key": record.token}
	frappe.get_doc({"doctype": "Activity Plan Run", **values}).insert(ignore_permissions=True)


def _record(record: Record, shop) -> None:
	doctype, title = record.doctype, record.title
	users = [PEOPLE[key].name for key in record.participants]
	texts = {"title": title, "product": title, "notes": f"<p>{title}</p>", "how_to_reach": "+385 1 4567 890"}
	whose = {"party_type": shop.doctype, "party": shop.name, "responsible": PEOPLE[record.responsible].name}
	values = {
		**texts,
		**whose,
		"status": "Planned" if record.planned else "Held",
		"add_to_calendar": record.planned,
		**{"expected_cost": 10, "expected_cost_currency": "EUR"},
		"interaction_type": "Meeting" if doctype == "Meeting" else "Phone Call",
		# planned meetings have no time and are due all day, planned interactions are late a moment later
		"starts_on": nowdate() if is_due_today(record) else now_datetime().replace(microsecond=0),
		"participants": [
			{"full_name": f"Ivan {title}", "side": "Theirs"},
			*({"participant_type": "User", "participant": name, "side": "Ours"} for name in users),
		],
	}
	meta = frappe.get_meta(doctype)
	frappe.set_user(PEOPLE[record.owner].name)
	fitting = {field: value for field, value in values.items() if meta.has_field(field)}
	doc = frappe.get_doc({"doctype": doctype, **fitting}).insert()
	record.name, record.chain = doc.name, doc.chain
	frappe.set_user("Administrator")
	# the reason is quoted in the log
	closing.close(doc.chain, title)
	closing.reopen(doc.chain)
	if record.result:
		about = {"result": record.result, "result_on": now_datetime(), "result_from_subject": 1}
		frappe.db.set_value("Interaction Chain", doc.chain, about)
	named = {"doctype": doctype, "name": doc.name}
	with traces.notifying_at_once():
		for key in record.assigned:
			assign({**named, "description": title, "assign_to": [PEOPLE[key].name]})
		for key in record.shared:
			share(**named, user=PEOPLE[key].name, read=1, notify=1)
		record.file_url = traces.leave_traces(record, [person.name for person in people.USERS])

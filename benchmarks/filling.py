"""Chains and documents for the benchmarks, by set-based inserts. Their names start with PREFIX, for their removal."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

import frappe

from crm_interactions.chains import summary
from crm_interactions.journal import app_sources
from crm_interactions.parties.partners import party_types

PREFIX = "BENCH-"
USER = "bench.user@example.com"
ROW, CHAIN = "Activity Link", "Interaction Chain"
# The types of ten consecutive activities.
KINDS = (*["Interaction"] * 5, *["Meeting"] * 2, "Product Record", *["ToDo"] * 2)
SINCE = datetime(2020, 1, 1, 9)
PARTY_TYPES = {
	"Partner": "partner_name",
	"Customer": "customer_name",
	"CRM Organization": "organization_name",
}
BATCH = 1000


def partner():
	"""Insert a partner of the first type that this site has, and return it."""
	party_type = next(doctype for doctype in PARTY_TYPES if doctype in party_types())
	doc = frappe.get_doc({"doctype": party_type, PARTY_TYPES[party_type]: "Benchmark & Sons"})
	return doc.insert(ignore_mandatory=True)


def ordinary_user() -> str:
	"""Return the name of a user with the role Interaction User only, and create the user if it doesn't exist."""
	if not frappe.db.exists("User", USER):
		user = frappe.get_doc(
			{"doctype": "User", "email": USER, "first_name": "Bench", "send_welcome_email": 0}
		)
		user.insert().add_roles("Interaction User")
	return USER


def chain(length: int, party=None) -> str:
	"""Make a chain with that many activities and their documents, and return its name."""
	name = f"{PREFIX}{frappe.generate_hash(length=6)}"
	head = {"name": name, "title": "Benchmark", "status": "Open", **_party(party)}
	insert(CHAIN, [head])
	for doctype in dict.fromkeys(KINDS):
		insert(doctype, (_document(name, doctype, n, party) for n in _numbers(doctype, length)))
	insert(ROW, (_row(name, number, party) for number in range(length)))
	summary.refresh_summary(name)
	return name


def activities(chain_name: str, length: int, doctype: str = "Interaction") -> list[str]:
	"""Return the names of the first `length` activities of one type in a chain made by `chain`."""
	numbers = _numbers(doctype, length * len(KINDS))
	return [_name(chain_name, next(numbers)) for _ in range(length)]


def insert(doctype: str, rows: Iterable[dict]) -> None:
	"""Insert rows in batches; all rows must have the keys of the first one."""
	rows = iter(rows)
	first = next(rows, None)
	if not first:
		return
	common = {"owner": "Administrator", "modified_by": "Administrator", **_moments()}
	values = (tuple({**common, **row}.values()) for row in (first, *rows))
	frappe.db.bulk_insert(doctype, list({**common, **first}), values, chunk_size=BATCH)


def insert_quickly(doctype: str, rows: Iterable[dict]) -> None:
	"""Insert a million rows in batches, without the query builder, which would take longer than the database."""
	rows, common = iter(rows), {"owner": "Administrator", "modified_by": "Administrator", **_moments()}
	while batch := [{**common, **row} for row in islice(rows, BATCH)]:
		columns = ", ".join(f"`{column}`" for column in batch[0])
		places = f"({', '.join(['%s'] * len(batch[0]))})"
		query = f"insert into `tab{doctype}` ({columns}) values {', '.join([places] * len(batch))}"  # noqa: S608  names only
		frappe.db.sql(query, [value for row in batch for value in row.values()])


def insert_mixed(rows: Iterable[tuple[str, dict]]) -> None:
	"""Insert rows of several document types as `insert_quickly`; all rows of a type must have the same keys."""
	waiting: dict[str, list[dict]] = {}
	for doctype, row in rows:
		batch = waiting.setdefault(doctype, [])
		batch.append(row)
		if len(batch) == BATCH:
			insert_quickly(doctype, batch)
			batch.clear()
	for doctype, batch in waiting.items():
		insert_quickly(doctype, batch)


def empty_document(doctype: str, name: str, **values):
	"""Insert a document's row without validation or defaults of its type, and return the document."""
	doc = frappe.get_doc({"doctype": doctype, **values})
	doc.name = f"{PREFIX}{name}"
	doc.db_insert()
	return doc


def remove(*doctypes: str) -> None:
	"""Remove all records whose names start with PREFIX, also those of further `doctypes`, and commit."""
	logs = ("Interaction Chain Log", "Interaction Chain Move")
	for doctype in (ROW, CHAIN, *dict.fromkeys(KINDS), *doctypes):
		frappe.db.delete(doctype, {"name": ("like", f"{PREFIX}%")})
	for doctype, field in zip(logs, ("chain", "to_chain"), strict=True):
		frappe.db.delete(doctype, {field: ("like", f"{PREFIX}%")})
	frappe.db.commit()


def _moments() -> dict:
	return {"creation": SINCE, "modified": SINCE}


def _numbers(doctype: str, length: int) -> Iterator[int]:
	return (number for number in range(length) if KINDS[number % len(KINDS)] == doctype)


def _name(chain_name: str, number: int) -> str:
	return f"{chain_name}-{number:06d}"


def _date(number: int) -> datetime:
	return SINCE + timedelta(hours=number)


def _party(party) -> dict:
	return {"party_type": party.doctype, "party": party.name} if party else {}


def _document(chain_name: str, doctype: str, number: int, party) -> dict:
	document = {"name": _name(chain_name, number), "modified": _date(number)}
	if doctype == "ToDo":
		return {**document, "description": "Benchmark", "allocated_to": "Administrator", "status": "Open"}
	topic = "product" if doctype == "Product Record" else "title"
	return {
		**document,
		**_party(party),
		topic: "Benchmark",
		"starts_on": _date(number),
		"responsible": "Administrator",
		"chain": chain_name,
	}


def _row(chain_name: str, number: int, party) -> dict:
	return {
		"name": _name(chain_name, number),
		"modified": _date(number),
		"activity_type": KINDS[number % len(KINDS)],
		"activity": _name(chain_name, number),
		"title": "Benchmark",
		"activity_date": _date(number),
		"status": "Done",
		"responsible": "Administrator",
		"chain": chain_name,
		**_party(party),
	}


assert set(app_sources.DOCTYPES) <= set(KINDS)

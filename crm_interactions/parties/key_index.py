"""Numbers and addresses of contacts and partners (Contact Key), found by one query that uses an index.

Only this module writes Contact Key. Values are stored backwards: an index sorts by the start of a value, but only the end of
a number is known. The rows change with their record; `rebuild` writes them anew from the stored records.
"""

from collections.abc import Iterable, Iterator

import frappe
from frappe.utils.background_jobs import is_job_enqueued

from crm_interactions.activities import options
from crm_interactions.controllers.addresses import read_addresses
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.parties import countries, participants, partners
from crm_interactions.parties.phone_match import FEWEST_DIGITS, lookup_digits, split_numbers
from crm_interactions.platform.bulk_insert import insert_rows
from crm_interactions.platform.write_turn import take_turn

KEY, CONTACT = "Contact Key", "Contact"
COLUMNS = ("value", "written", "record_type", "record")
TEXTS = ("Data", "Phone", "Read Only")
BATCH = 1000
AT_ONCE = 500  # most records of a type that an update handles itself; more go to a job
JOB = "crm_interactions.parties.key_index"
TIMEOUT = 6 * 60 * 60
# no number has more digits (E.164), and no digit sorts after 9
LAST = "9" * 16


def kept_types() -> list[str]:
	"""Return the existing document types whose records are found by their numbers and addresses."""
	return [
		doctype for doctype in dict.fromkeys([CONTACT, *partners.party_types()]) if options.meta_of(doctype)
	]


def find_by_addresses(addresses: Iterable[str]) -> list:
	"""Return `record_type`, `record` and `written` of each record with one of these addresses, in any case."""
	values = [address.lower()[::-1] for address in addresses]
	return _rows(frappe.qb.DocType(KEY).value.isin(values)) if values else []


def find_by_domain(domain: str, limit: int) -> list:
	"""Return `record_type`, `record` and `written` of records with an address of a domain, at most `limit`."""
	start = f"@{domain}".lower()[::-1]
	table = frappe.qb.DocType(KEY)
	query = frappe.qb.from_(KEY).select(*COLUMNS).where(table.value.like(f"{start}%"))
	return query.limit(limit).run(as_dict=True)


def find_by_end(number: str, *forms: str) -> list:
	"""Return `record_type`, `record` and `written` of each record with a number that ends like this one, or is ended by it.

	Args: `number` is as typed, `forms` are its readings in E.164. Fewer than `FEWEST_DIGITS` digits find nothing.
	"""
	ends = {end[::-1] for one in (number, *forms) if (end := lookup_digits(one))}
	found = []
	# all forms end alike, but for digits that a national number repeats inside
	for first in {end[:FEWEST_DIGITS] for end in ends}:
		rows = _rows(frappe.qb.DocType(KEY).value.between(first, first + LAST))
		found += [row for row in rows if any(_continue(row.value, end) for end in ends)]
	return found


def _rows(condition) -> list:
	# get_all would compare ifnull(value, ''), for which no database has an index
	return frappe.qb.from_(KEY).select(*COLUMNS).where(condition).run(as_dict=True)


def refresh(doc) -> None:
	"""Write the keys of a saved record if they differ from its former version's; no query if they don't."""
	before = doc.get_doc_before_save()
	former, keys = (_keys_of(version) if version else [] for version in (before, doc))
	if former != keys:
		if before:
			remove(doc.doctype, [doc.name])
		_insert(doc.doctype, ((doc.name, *key) for key in keys))


def rename(doctype: str, old: str, new: str, *, merge: bool) -> None:
	"""Give the keys of a renamed record its new name; those of a record merged into another went with it."""
	if not merge:
		table = frappe.qb.DocType(KEY)
		query = frappe.qb.update(table).set(table.record, new)
		query.where((table.record_type == doctype) & (table.record == old)).run()


def remove(doctype: str, names: list[str]) -> None:
	frappe.db.delete(KEY, {"record_type": doctype, "record": ("in", names)})


def catch_up(doctypes: Iterable[str] = ()) -> None:
	"""Write the keys of types that have none, by default of all kept ones, as after an installation.

	If a type has more than `AT_ONCE` records, a job writes them after the commit, unless one is queued.
	"""
	for doctype in doctypes or kept_types():
		if frappe.db.exists(KEY, {"record_type": doctype}):
			continue
		if len(frappe.get_all(doctype, pluck="name", order_by=None, limit=AT_ONCE + 1)) <= AT_ONCE:
			rebuild(doctype)
		elif not is_job_enqueued(job := f"{JOB}.{doctype}"):
			more = {"queue": "long", "timeout": TIMEOUT, "job_id": job, "enqueue_after_commit": True}
			frappe.enqueue(f"{JOB}.rebuild_as_job", doctype=doctype, **more)


def rebuild(doctype: str) -> None:
	"""Write the keys of all records of a type anew, without a commit."""
	for _names in _rebuilt(doctype):
		pass


def rebuild_as_job(doctype: str) -> None:
	"""Write the keys of all records of a type anew, and commit each batch."""
	take_turn()
	for _names in _rebuilt(doctype):
		frappe.db.commit()  # in a job: a restart writes the same keys again
		take_turn()


def _rebuilt(doctype: str) -> Iterator[list[str]]:
	last = ""
	while names := frappe.get_all(
		doctype, {"name": (">", last)}, pluck="name", order_by="name asc", limit=BATCH
	):
		remove(doctype, names)
		_insert(doctype, _stored_keys(doctype, names))
		yield names
		last = names[-1]


def number_fields(meta) -> list[str]:
	"""Return the stored fields with telephone numbers that all readers of a document may read."""
	return [
		df.fieldname
		for df in _readable(meta)
		if "Phone" in (df.fieldtype, df.options) or df.fieldname in participants.PHONE_FIELDS
	]


def _address_fields(meta) -> list[str]:
	return [
		df.fieldname
		for df in _readable(meta)
		if df.options == "Email" or df.fieldname in participants.EMAIL_FIELDS
	]


def _readable(meta) -> Iterator:
	return (
		df for df in meta.fields if df.fieldtype in TEXTS and not df.permlevel and not df.get("is_virtual")
	)


def _continue(one: str, other: str) -> bool:
	return one.startswith(other) or other.startswith(one)


def _keys_of(doc) -> list[tuple[str, str]]:
	"""Return value and writing of each number and address in a document and its rows, each once."""
	parts = (doc, *doc.get_all_children())
	return list(dict.fromkeys(key for part in parts for key in _keys_in(part.meta, part)))


def _keys_in(meta, row) -> Iterator[tuple[str, str]]:
	regions = countries.list_regions()
	for field in number_fields(meta):
		for number in split_numbers(row.get(field)):
			if digits := lookup_digits(number, *regions):
				yield digits[::-1], number[:LONGEST_LINE]
	for field in _address_fields(meta):
		for address in read_addresses(row.get(field)):
			yield address.lower()[::-1][:LONGEST_LINE], address[:LONGEST_LINE]


def _insert(doctype: str, keys: Iterable[tuple[str, str, str]]) -> None:
	rows = [(value, written, doctype, name) for name, value, written in keys]
	insert_rows(KEY, COLUMNS, rows)


def _stored_keys(doctype: str, names: list[str]) -> Iterator[tuple[str, str, str]]:
	"""Yield name, value and writing of the numbers and addresses of stored records, each once."""
	meta = frappe.get_meta(doctype)
	tables = [(meta, "name", {"name": ("in", names)})]
	for df in meta.get_table_fields():
		child = frappe.get_meta(df.options)
		if not child.get("is_virtual"):
			tables.append(
				(
					child,
					"parent",
					{"parenttype": doctype, "parentfield": df.fieldname, "parent": ("in", names)},
				)
			)
	found: dict[tuple[str, str, str], None] = {}
	for part, owner, filters in tables:
		if fields := [*number_fields(part), *_address_fields(part)]:
			for row in frappe.get_all(part.name, filters, [owner, *fields], order_by=None):
				found.update(((row[owner], *key), None) for key in _keys_in(part, row))
	yield from found

"""The only module that writes journal rows (Activity Link); `chains` decides which chain a row belongs to."""

import frappe
from frappe import _
from frappe.utils import create_batch, now

from crm_interactions.controllers.validation import bold
from crm_interactions.journal import app_sources, dictionary_values, dynamic_links, linked, registry

ROW = "Activity Link"
MOVE = "Interaction Chain Move"


def find_row(activity_type: str, activity: str, *, lock: bool = False) -> dict | None:
	"""Return the row of an activity, or None; with `lock`, its latest version, locked until the transaction ends.

	Lock the chain first (`chains.locks`), or transactions may deadlock.
	"""
	return frappe.db.get_value(
		ROW, {"activity_type": activity_type, "activity": str(activity)}, "*", as_dict=True, for_update=lock
	)


def require_row(activity_type: str, activity: str) -> dict:
	"""Return the row of an activity; raise DoesNotExistError if it has none or its document type isn't registered."""
	found = find_row(activity_type, activity) if registry.get_source(activity_type) else None
	if not found:
		names = _(activity_type), bold(activity)
		frappe.throw(
			_("{0} {1} has no chain. Only saved documents of registered types have one.").format(*names),
			frappe.DoesNotExistError,
		)
	return found


def insert_row(
	activity_type: str, activity: str, values: dict, chain: dict, previous: str | None = None
) -> dict:
	"""Insert and return the row of an activity, without document events or checks.

	Args:
		values: the result of `journal.row.build_values`.
		chain: `name`, `subject_type` and `subject` of its chain.
		previous: name of the row that it follows.

	Raises: UniqueValidationError if the activity has a row.
	"""
	row = frappe.new_doc(ROW)
	row.update({**values, **_chain_values(chain), "previous": previous})
	# some document types use integers as names
	row.activity_type, row.activity = activity_type, str(activity)
	row.name = frappe.generate_hash(length=12)
	_insert_once(row)
	dynamic_links.announce_types(ROW, row.as_dict())
	return row.as_dict(no_default_fields=False)


def _insert_once(row) -> None:
	try:
		row.db_insert()
	except Exception as error:
		# on PostgreSQL, Frappe recognizes a unique key only if its name has "_key"
		if frappe.db.is_duplicate_entry(error):
			raise frappe.UniqueValidationError(ROW, row.activity, error) from error
		raise


def change_activity(row: dict, activity_type: str, activity: str) -> None:
	"""Point a row by query, with `modified` set, to the document an activity was converted to; other values stay."""
	frappe.db.set_value(ROW, row["name"], {"activity_type": activity_type, "activity": activity})
	dynamic_links.announce_types(ROW, {"activity_type": activity_type})


def update_row(row: dict, values: dict) -> dict:
	"""Write the values that differ from `row`, by query, with `modified` set; return them, or {}. The dict stays."""
	changed = {key: value for key, value in values.items() if not is_same(row.get(key), value)}
	if changed:
		frappe.db.set_value(ROW, row["name"], changed)
		dynamic_links.announce_types(ROW, changed)
	return changed


def is_same(value, other) -> bool:
	"""Return whether two values are equal, where None, an empty text and 0 count as equal; types aren't converted."""
	return (value or None) == (other or None)


def mark_attachment(activity_type: str, activities: list[str], attached: bool) -> None:
	"""Set or clear the mark in the rows of activities where it differs, with `modified` set; the documents stay."""
	differing = {"activity_type": activity_type, "has_attachment": int(not attached)}
	for batch in create_batch(activities, 1000):
		frappe.db.set_value(ROW, {**differing, "activity": ("in", batch)}, "has_attachment", int(attached))


def set_pinned(row: dict, pinned: bool) -> None:
	"""Put a row on top of its chain's feed, or take it back, by query, with `modified` set."""
	frappe.db.set_value(ROW, row["name"], "pinned", int(pinned))


def delete_row(row: dict) -> None:
	"""Delete a row and its log moves by query; rows that follow it now follow its previous row.

	Other log moves lose it as `previous_before`. No `modified` is set, and the chain stays as it is.
	"""
	table = frappe.qb.DocType(ROW)
	frappe.qb.update(table).set(table.previous, row["previous"]).where(table.previous == row["name"]).run()
	frappe.db.delete(ROW, {"name": row["name"]})
	dictionary_values.delete_values([row["name"]])
	frappe.db.delete(MOVE, {"link": row["name"]})
	before = {"previous_before": row["name"]}
	frappe.db.set_value(MOVE, before, dict.fromkeys(before), update_modified=False)


def clear_party(party_type: str, party: str) -> None:
	"""Clear a partner that is being deleted from all rows, by query, with `modified` set."""
	named = {"party_type": party_type, "party": party}
	frappe.db.set_value(ROW, named, dict.fromkeys(named))


def clear_links(doctype: str, name: str) -> None:
	"""Clear a contact, company, branch, department or project that is being deleted from all rows, by query."""
	for column in linked.existing_columns(doctype):
		frappe.db.set_value(ROW, {column: name}, column, None)


def hold_row_names(chain: str) -> list[str]:
	"""Lock the rows of a chain; return their latest names."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.name).where(table.chain == chain).orderby(table.name)
	return [name for (name,) in query.for_update().run()]


def hold_rows(chain: str) -> list[dict]:
	"""Lock the rows of a chain; return their latest versions by date, then name."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.star).where(table.chain == chain)
	return query.orderby(table.activity_date).orderby(table.name).for_update().run(as_dict=True)


def list_predecessors(row: dict) -> list[str]:
	"""Return the names of the rows before a row, also in other chains, nearest first; a cycle ends the list."""
	found, name = [], row["previous"]
	while name and name not in found:
		found.append(name)
		name = frappe.db.get_value(ROW, name, "previous")
	return found


def list_foreign_followers(name: str) -> list[tuple[str, str]]:
	"""Return (type, name) of other apps' activities that directly follow the row with this name."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.activity_type, table.activity).where(table.previous == name)
	return list(query.where(table.activity_type.notin(app_sources.DOCTYPES)).orderby(table.name).run())


def delete_rows_of_type(doctype: str) -> list[str]:
	"""Delete a document type's rows and their log moves by query; return the names of their chains, which stay.

	Rows that followed them follow none, with `modified` set; other log moves lose them as `previous_before`.
	"""
	table = frappe.qb.DocType(ROW)
	found = frappe.qb.from_(table).select(table.name, table.chain).where(table.activity_type == doctype).run()
	for batch in create_batch([name for name, _chain in found], 1000):
		frappe.db.set_value(ROW, {"previous": ("in", batch)}, "previous", None)
		frappe.db.set_value(MOVE, {"previous_before": ("in", batch)}, "previous_before", None)
		frappe.db.delete(MOVE, {"link": ("in", batch)})
		dictionary_values.delete_values(batch)
	frappe.db.delete(ROW, {"activity_type": doctype})
	return sorted({chain for _name, chain in found})


def replace_party(old: tuple[str, str], new: tuple[str, str]) -> None:
	"""Replace a partner, given as (type, name), in all rows, by query, with `modified` set."""
	frappe.db.set_value(ROW, {"party_type": old[0], "party": old[1]}, {"party_type": new[0], "party": new[1]})
	dynamic_links.announce_types(ROW, {"party_type": new[0]})


def clear_subjects(doctypes: list[str]) -> None:
	"""Clear subjects of the given types from all rows, by query, with `modified` set."""
	frappe.db.set_value(ROW, {"subject_type": ("in", doctypes)}, {"subject_type": None, "subject": None})


def move_chain(chain: str, into: dict) -> None:
	"""Move all rows of a chain into another one and its subject, in one statement that sets `modified`; copies stay."""
	table = frappe.qb.DocType(ROW)
	_set_chain(frappe.qb.update(table).where(table.chain == chain), table, into).run()


def move_rows(names: list[str], into: dict) -> None:
	"""Move rows into another chain and its subject, setting `modified`; copies, summaries and `previous` stay."""
	table = frappe.qb.DocType(ROW)
	for batch in create_batch(names, 1000):
		_set_chain(frappe.qb.update(table).where(table.name.isin(batch)), table, into).run()


def set_previous(name: str, previous: str | None) -> None:
	"""Set the name of the row that a row follows, or None, by query, with `modified` set."""
	frappe.db.set_value(ROW, name, "previous", previous)


def set_subject(chain: dict) -> None:
	"""Copy the chain's subject to its rows, in one statement that sets `modified`."""
	move_chain(chain["name"], chain)
	dynamic_links.announce_types(ROW, _chain_values(chain))


def _set_chain(query, table, chain: dict):
	for field, value in _chain_values(chain).items():
		query = query.set(table[field], value)
	return query.set(table.modified, now())


def _chain_values(chain: dict) -> dict:
	return {"chain": chain["name"], "subject_type": chain["subject_type"], "subject": chain["subject"]}

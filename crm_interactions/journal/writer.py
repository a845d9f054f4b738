"""The one writer of Activity Link. It keeps rows; which chain a row belongs to is decided in `chains`."""

import frappe
from frappe.utils import now

from crm_interactions.journal import app_sources, dynamic_links

ROW = "Activity Link"
KEPT = ("name", "chain", "previous", "subject_type", "subject")


def find_row(activity_type: str, activity: str, *, lock: bool = False) -> dict | None:
	"""Return the row of an activity.

	Args:
		lock: read its latest version and hold it until the transaction ends. Hold the chain before
			(`chains.locks`), as everybody does, or two transactions may wait for each other.
	"""
	return frappe.db.get_value(
		ROW, {"activity_type": activity_type, "activity": str(activity)}, "*", as_dict=True, for_update=lock
	)


def insert_row(
	activity_type: str, activity: str, values: dict, chain: dict, previous: str | None = None
) -> dict:
	"""Add the row of an activity.

	Args:
		values: what `journal.row` read from the document.
		chain: `name`, `subject_type` and `subject` of its chain.
		previous: the row that it follows.
	"""
	row = frappe.new_doc(ROW)
	row.update({**values, **_of_chain(chain), "previous": previous})
	# some document types number their documents instead of naming them
	row.activity_type, row.activity = activity_type, str(activity)
	row.name = frappe.generate_hash(length=12)
	row.db_insert()
	dynamic_links.announce_types(ROW, row.as_dict())
	return row.as_dict(no_default_fields=False)


def change_activity(row: dict, activity_type: str, activity: str) -> None:
	"""The activity goes on as another document; its row goes with it."""
	frappe.db.set_value(ROW, row["name"], {"activity_type": activity_type, "activity": activity})
	dynamic_links.announce_types(ROW, {"activity_type": activity_type})


def update_row(row: dict, values: dict) -> dict:
	"""Write what differs; return it."""
	changed = {key: value for key, value in values.items() if not is_same(row.get(key), value)}
	if changed:
		frappe.db.set_value(ROW, row["name"], changed)
		dynamic_links.announce_types(ROW, changed)
	return changed


def is_same(one, other) -> bool:
	"""Compare as the database keeps it: nothing, an empty text and 0 are one."""
	return (one or None) == (other or None)


def mark_attachment(activity_type: str, activities: list[str], there: bool) -> None:
	"""Say of activities whether files are attached to them."""
	for some in frappe.utils.create_batch(activities, 1000):
		frappe.db.set_value(
			ROW,
			{"activity_type": activity_type, "activity": ("in", some), "has_attachment": int(not there)},
			"has_attachment",
			int(there),
		)


def delete_row(row: dict) -> None:
	"""Take a row out; what followed it follows what it followed."""
	table = frappe.qb.DocType(ROW)
	frappe.qb.update(table).set(table.previous, row["previous"]).where(table.previous == row["name"]).run()
	frappe.db.delete(ROW, {"name": row["name"]})
	for field in ("link", "previous_before"):
		_forget_moves(field, row["name"])


def forget_party(party_type: str, party: str) -> None:
	"""The partner is being deleted: no row names it any more."""
	named = {"party_type": party_type, "party": party}
	frappe.db.set_value(ROW, named, dict.fromkeys(named))


def names_in(chain: str) -> list[str]:
	"""Return the rows of a chain as they are now, held."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.name).where(table.chain == chain).orderby(table.name)
	return [name for (name,) in query.for_update().run()]


def rows_in(chain: str) -> list[dict]:
	"""Return the rows of a chain whole, as they are now, held."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.star).where(table.chain == chain)
	return query.orderby(table.activity_date).orderby(table.name).for_update().run(as_dict=True)


def followed_by(row: dict) -> list[str]:
	"""Return the rows that led to this one, nearest first."""
	found, name = [], row["previous"]
	while name and name not in found:
		found.append(name)
		name = frappe.db.get_value(ROW, name, "previous")
	return found


def list_foreign_followers(name: str) -> list[tuple[str, str]]:
	"""Return type and name of other apps' activities that follow a row."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.activity_type, table.activity).where(table.previous == name)
	return list(query.where(table.activity_type.notin(app_sources.DOCTYPES)).orderby(table.name).run())


def delete_rows_of_type(doctype: str) -> list[str]:
	"""Take out all rows of a document type; return the chains that they were in."""
	table = frappe.qb.DocType(ROW)
	gone = frappe.qb.from_(table).select(table.name, table.chain).where(table.activity_type == doctype).run()
	for some in frappe.utils.create_batch([name for name, _chain in gone], 1000):
		frappe.db.set_value(ROW, {"previous": ("in", some)}, "previous", None)
		frappe.db.set_value(
			"Interaction Chain Move", {"previous_before": ("in", some)}, "previous_before", None
		)
		frappe.db.delete("Interaction Chain Move", {"link": ("in", some)})
	frappe.db.delete(ROW, {"activity_type": doctype})
	return sorted({chain for _name, chain in gone})


def replace_party(old: tuple[str, str], new: tuple[str, str]) -> None:
	"""Another partner takes the place of one, given as type and name."""
	frappe.db.set_value(ROW, {"party_type": old[0], "party": old[1]}, {"party_type": new[0], "party": new[1]})
	dynamic_links.announce_types(ROW, {"party_type": new[0]})


def clear_subjects(doctypes: list[str]) -> None:
	"""No row has a subject of these types any more."""
	frappe.db.set_value(ROW, {"subject_type": ("in", doctypes)}, {"subject_type": None, "subject": None})


def move_chain(chain: str, into: dict) -> None:
	"""Move all rows of a chain into another one, in one statement."""
	table = frappe.qb.DocType(ROW)
	_moved(frappe.qb.update(table).where(table.chain == chain), table, into).run()


def move_rows(names: list[str], into: dict) -> None:
	"""Move these rows into another chain."""
	table = frappe.qb.DocType(ROW)
	for some in frappe.utils.create_batch(names, 1000):
		_moved(frappe.qb.update(table).where(table.name.isin(some)), table, into).run()


def set_previous(name: str, previous: str | None) -> None:
	"""Say what a row follows."""
	frappe.db.set_value(ROW, name, "previous", previous)


def set_subject(chain: dict) -> None:
	"""Copy the chain's subject to its rows, in one statement."""
	table = frappe.qb.DocType(ROW)
	(
		frappe.qb.update(table)
		.set(table.subject_type, chain["subject_type"])
		.set(table.subject, chain["subject"])
		.set(table.modified, now())
		.where(table.chain == chain["name"])
	).run()
	dynamic_links.announce_types(ROW, _of_chain(chain))


def _moved(query, table, chain: dict):
	for field, value in _of_chain(chain).items():
		query = query.set(table[field], value)
	return query.set(table.modified, now())


def _of_chain(chain: dict) -> dict:
	return {"chain": chain["name"], "subject_type": chain["subject_type"], "subject": chain["subject"]}


def _forget_moves(field: str, name: str) -> None:
	if field == "link":
		frappe.db.delete("Interaction Chain Move", {"link": name})
	else:
		frappe.db.set_value("Interaction Chain Move", {field: name}, field, None, update_modified=False)

"""Predefined records, inserted once; afterwards they belong to the administrator (R11).

They are in a subfolder of `fixtures/`, because Frappe imports the files of `fixtures/` itself at every migrate and
would overwrite records that were renamed, recoloured, disabled or deleted.
"""

import json
from pathlib import Path

import frappe

from crm_interactions.setup import memory

# fields that place a child row, left out of its values
ROW_HEAD = ("doctype", "name", "parenttype", "parent", "parentfield")
FOLDER = Path(__file__).parent.parent / "fixtures" / "seeds"


def plant_seeds() -> None:
	"""Insert each seed never inserted on this site, and remember it; existing records stay.

	A row joins its parent, which is saved, unless parent or linked record is missing. Seeded settings are overwritten.
	"""
	planted = memory.recall_keys()
	new = {key: record for key, record in read_seeds().items() if key not in planted}
	for record in new.values():
		_insert(record)
	if new:
		memory.remember_keys(set(new))


def read_seeds() -> dict[str, dict]:
	"""Return the seeds by key, `DocType/name`, in order of insertion."""
	seeds = {}
	for path in sorted(FOLDER.glob("*.json")):
		for record in json.loads(path.read_text(encoding="utf-8")):
			seeds[f"{record['doctype']}/{record['name']}"] = record
	return seeds


def _insert(record: dict) -> None:
	if record["doctype"] == memory.SETTINGS:
		settings = frappe.get_single(memory.SETTINGS)
		settings.update({k: v for k, v in record.items() if k not in ("doctype", "name")})
		settings.save()
	elif record.get("parent"):
		_append(record)
	elif not frappe.db.exists(record["doctype"], record["name"]):
		frappe.get_doc(record).insert()


def _append(record: dict) -> None:
	"""Append a child row to its parent, unless the parent or a linked record was deleted by an administrator."""
	links = [
		(df.options, record.get(df.fieldname)) for df in frappe.get_meta(record["doctype"]).get_link_fields()
	]
	for doctype, name in ((record["parenttype"], record["parent"]), *links):
		if name and not frappe.db.exists(doctype, name):
			return
	parent = frappe.get_doc(record["parenttype"], record["parent"])
	row = {field: value for field, value in record.items() if field not in ROW_HEAD}
	parent.append(record["parentfield"], row)
	parent.save()

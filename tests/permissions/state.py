"""The state of the world that requests could change: records, chains and everything attached to records."""

import frappe

from tests.permissions.conftest import connect
from tests.permissions.world import World

ACTIVITIES = ("Interaction", "Meeting", "Product Record")
OF_ACTIVITY = ["name", "modified", "chain", "responsible", "_liked_by", "_user_tags", "_assign", "_comments"]
# document type → field with a record's name, and fields that could change
HANGING = {
	"Activity Link": ("activity", ["name", "chain", "modified"]),
	"ToDo": ("reference_name", ["name", "allocated_to", "status"]),
	"Comment": ("reference_name", ["name", "modified"]),
	"Communication": ("reference_name", ["name", "modified"]),
	"DocShare": ("share_name", ["name", "user", "everyone", "read", "write"]),
	"File": ("attached_to_name", ["name", "modified"]),
	"Tag Link": ("document_name", ["name", "tag"]),
	"Document Follow": ("ref_docname", ["name", "user"]),
}


def snapshot(site: str, world: World) -> list:
	connect(site)
	names = [record.name for record in world.records]
	chains = [record.chain for record in world.records]
	try:
		found = [frappe.get_all(doctype, {"name": ("in", names)}, OF_ACTIVITY) for doctype in ACTIVITIES]
		found.append(
			frappe.get_all("Interaction Chain", {"name": ("in", chains)}, ["name", "modified", "status"])
		)
		found += [
			frappe.get_all(doctype, {field: ("in", names)}, fields)
			for doctype, (field, fields) in HANGING.items()
		]
		return [sorted(map(str, rows)) for rows in found]
	finally:
		frappe.destroy()

"""The state of the world that requests could change: records, chains and everything attached to records."""

import frappe

from tests.permissions.conftest import connected
from tests.permissions.world import ACTIVITIES, World

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
	names = [record.name for record in world.records]
	chains = {"name": ("in", [record.chain for record in world.records])}
	with connected(site):
		found = [
			*(frappe.get_all(doctype, {"name": ("in", names)}, OF_ACTIVITY) for doctype in ACTIVITIES),
			frappe.get_all("Interaction Chain", chains, ["name", "modified", "status"]),
			*(frappe.get_all(kind, {key: ("in", names)}, fields) for kind, (key, fields) in HANGING.items()),
		]
	return [sorted(map(str, rows)) for rows in found]

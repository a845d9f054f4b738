"""Every column that the visibility predicate reads: a column without a place here fails its test.

WAYS maps the relations that give access to an activity, each with attempts in `self_granting.py`, to their columns.
OTHERS maps columns that give no access to the reason.
"""

from tests.permissions.columns_read import Column
from tests.permissions.world import ACTIVITIES

BY_SERVER = "written by the server only; no role may write the document type"
DERIVED = "derived from the other relations and restored from the database at each save"
OF_HAND_OVERS = "gives access to the record of a hand-over only, to no activity"
OF_OTHER_RECORDS = "gives access to the event and its journal row only"

# relation → document type → columns
WAYS: dict[str, dict[str, tuple[str, ...]]] = {
	"owner": dict.fromkeys(ACTIVITIES, ("owner",)),
	"responsible": dict.fromkeys(ACTIVITIES, ("responsible",)),
	"participant": {"Interaction Participant": ("participant", "participant_type", "parent", "parenttype")},
	"contact's user": {"Contact": ("user",)},
	"employee's user": {"Employee": ("user_id",)},
	"reporting line": {
		"Employee": ("reports_to", "status"),
		"Interaction Reporting Line": ("supervisor", "user"),
	},
	"assignment": {"ToDo": ("reference_type", "reference_name", "allocated_to", "status")},
	"share": {"DocShare": ("share_doctype", "share_name", "user", "everyone", "read")},
	"team": {
		"Interaction Team": ("leader", "disabled"),
		"Interaction Team Member": ("user", "parent", "parenttype"),
	},
	"hand-over": {
		"Interaction Hand Over Entry": ("document", "document_type", "hand_over", "result"),
		"Interaction Hand Over": ("to_user",),
	},
	"chain": {"Activity Link": ("chain", "activity", "activity_type")},
	"audience": {"Activity Audience": ("user", "audience"), **dict.fromkeys(ACTIVITIES, ("audience",))},
}

OTHERS: dict[Column, str] = {
	("Activity Audience", "only_shared"): BY_SERVER,
	("Interaction Reporting Line", "is_self"): BY_SERVER,
	("Interaction Reporting Line", "people"): BY_SERVER,
	("Interaction Hand Over", "asked_by"): OF_HAND_OVERS,
	("Interaction Chain", "merged_into"): DERIVED,
	("Event", "event_type"): OF_OTHER_RECORDS,
	("Event", "owner"): OF_OTHER_RECORDS,
	("File", "attached_to_doctype"): "Frappe refuses attachments to a record without write permission",
	("File", "attached_to_name"): "as above",
	("File", "is_private"): "a public file can be read by its address anyway",
	("File", "owner"): "the owner uploaded the file and knows it",
}
# names and positions of rows, which give no access
KEYS = {"name", "idx", "creation", "parentfield"}
# tables of the site's setup, which only administrators can write
SET_UP = {
	*("DocType", "DocField", "DocPerm", "DocType Action", "DocType Link", "DocType State"),
	*("Custom DocPerm", "Custom Field", "Property Setter", "DefaultValue", "Block Module", "Module Def"),
	*("User", "User Email", "User Role Profile", "User Social Login", "Has Role", "User Permission"),
	*("Installed Application", "Singles", "Permission Type"),
}
# child tables of the app that are loaded with their document
LOADED = {"Activity Resource", "Interaction Dictionary Entry", "Interaction Product"}


def unexplained(columns: set[Column]) -> set[Column]:
	"""Return the columns without a place here."""
	ways = {(table, name) for tables in WAYS.values() for table, names in tables.items() for name in names}
	unknown = columns - ways - OTHERS.keys()
	return {(table, name) for table, name in unknown if name not in KEYS and table not in SET_UP | LOADED}

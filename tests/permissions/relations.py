"""Every column that the visibility predicate reads: a column without a line here fails its test.

WAYS maps columns to the relations that give access to an activity, each with attempts in `self_granting.py`. OTHERS
maps columns that give no access to the reason.
"""

from tests.permissions.columns_read import Column

BY_SERVER = "written by the server only; no role may write the document type"
DERIVED = "derived from the other relations and restored from the database at each save"
OF_HAND_OVERS = "gives access to the record of a hand-over only, to no activity"
OF_OTHER_RECORDS = "gives access to the event and its journal row only"

WAYS: dict[Column, str] = {
	**{(doctype, "owner"): "owner" for doctype in ("Interaction", "Meeting", "Product Record")},
	**{(doctype, "responsible"): "responsible" for doctype in ("Interaction", "Meeting", "Product Record")},
	("Interaction Participant", "participant"): "participant",
	("Interaction Participant", "participant_type"): "participant",
	("Interaction Participant", "parent"): "participant",
	("Interaction Participant", "parenttype"): "participant",
	("Contact", "user"): "contact's user",
	("Employee", "user_id"): "employee's user",
	("Employee", "reports_to"): "reporting line",
	("Employee", "status"): "reporting line",
	("ToDo", "reference_type"): "assignment",
	("ToDo", "reference_name"): "assignment",
	("ToDo", "allocated_to"): "assignment",
	("ToDo", "status"): "assignment",
	**{
		("DocShare", column): "share"
		for column in ("share_doctype", "share_name", "user", "everyone", "read")
	},
	("Interaction Team", "leader"): "team",
	("Interaction Team", "disabled"): "team",
	("Interaction Team Member", "user"): "team",
	("Interaction Team Member", "parent"): "team",
	("Interaction Team Member", "parenttype"): "team",
	("Interaction Reporting Line", "supervisor"): "reporting line",
	("Interaction Reporting Line", "user"): "reporting line",
	**{
		("Interaction Hand Over Entry", column): "hand-over"
		for column in ("document", "document_type", "hand_over", "result")
	},
	("Interaction Hand Over", "to_user"): "hand-over",
	("Activity Link", "chain"): "chain",
	("Activity Link", "activity"): "chain",
	("Activity Link", "activity_type"): "chain",
	("Activity Audience", "user"): "audience",
	("Activity Audience", "audience"): "audience",
	**{(doctype, "audience"): "audience" for doctype in ("Interaction", "Meeting", "Product Record")},
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
	*("Installed Application", "Singles"),
}
# child tables of the app that are loaded with their document
LOADED = {"Activity Resource", "Interaction Dictionary Entry", "Interaction Product"}


def unexplained(columns: set[Column]) -> set[Column]:
	"""Return the columns without a line here."""
	return {
		(table, column)
		for table, column in columns
		if column not in KEYS
		and table not in SET_UP | LOADED
		and (table, column) not in WAYS
		and (table, column) not in OTHERS
	}

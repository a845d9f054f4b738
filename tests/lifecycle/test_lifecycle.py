"""Install, use, migrate twice and uninstall, twice over, with snapshots of the database compared."""

import json
from pathlib import Path

from tests.lifecycle.compare import HISTORY, MADE_BY_OTHERS, TIMED, differences, mentions

PACKAGE = Path(__file__).parents[2] / "crm_interactions"
RECORDS = [json.loads(path.read_text("utf-8")) for path in PACKAGE.glob("crm_interactions/doctype/*/*.json")]
DOCTYPES = {record["name"] for record in RECORDS}
TABLES = {f"tab{record['name']}" for record in RECORDS if not record.get("issingle")}
JOURNAL = {"tabActivity Link", "tabInteraction Chain"}
# document types whose names are ordinary words
ORDINARY = {"Meeting", "Partner"}
# column with the name of a document type → tables of Frappe
MENTIONS = {
	"reference_doctype": ("tabComment", "tabView Log", "tabCommunication", "tabEmail Queue"),
	"reference_type": ("tabToDo",),
	"share_doctype": ("tabDocShare",),
	"document_type": ("tabTag Link", "tabNotification", "tabNotification Log", "tabGlobal Search DocType"),
	"attached_to_doctype": ("tabFile",),
	"ref_doctype": ("tabVersion", "tabReport"),
	"deleted_doctype": ("tabDeleted Document",),
	"dt": ("tabCustom Field",),
	"doc_type": ("tabProperty Setter",),
	"doctype": ("__UserSettings", "__global_search"),
}
# distinctive enough for a search inside texts
WORDS = {
	"crm_interactions",
	"CRM Interactions",
	*("Interaction User", "Interaction Manager", "Interaction Administrator"),
	*(f'"{name}"' for name in DOCTYPES - ORDINARY),
}


def without(snapshot: dict, tables: set[str]) -> dict:
	kept = {table: content for table, content in snapshot["tables"].items() if table not in tables}
	return {**snapshot, "tables": kept}


def names(snapshot: dict, table: str, column: str = "name") -> set[str]:
	content = snapshot["tables"][table]
	return {row[content["columns"].index(column)] for row in content["rows"]}


def test_the_used_site_has_records_in_every_table_that_uninstall_must_clean(life):
	used = life["used"]
	assert set(used["tables"]) >= TABLES
	assert {"Interaction", "Meeting"} <= names(used, "tabKanban Board", "reference_doctype")
	for column, tables in MENTIONS.items():
		for table in tables:
			assert names(used, table, column) & DOCTYPES, f"{table} has no record of the app"
	assert used["files"]


def test_migrate_keeps_every_record(life):
	before, after = (
		{"tables": {t: c for t, c in life[moment]["tables"].items() if t in TABLES}, "files": {}}
		for moment in ("used", "migrated once")
	)
	assert differences(before, after, timed=TABLES) == []


def test_second_migrate_changes_nothing(life):
	assert differences(life["migrated once"], life["migrated twice"], timed=TABLES | TIMED) == []


def test_uninstall_removes_the_tables_and_the_files(life):
	left = life["uninstalled"]
	assert not TABLES & set(left["tables"])
	assert left["files"] == {}


def test_uninstall_leaves_no_mention_of_the_app(life):
	assert mentions(life["uninstalled"], WORDS, DOCTYPES, ORDINARY) == []


def test_uninstall_keeps_records_of_other_document_types(life):
	left = life["uninstalled"]
	assert "Mila Lifecycle" in names(left, "tabContact")
	assert "lifecycle@example.com" in names(left, "tabUser")
	assert "Lifecycle mail" in names(left, "tabCommunication", "subject")
	assert "Lifecycle visit" in names(left, "tabEvent", "subject")
	assert "Lifecycle Page" in names(left, "tabWorkspace")


def test_uninstall_restores_standard_permissions(life):
	assert "Contact" in names(life["installed"], "tabCustom DocPerm", "parent")
	assert "Contact" not in names(life["uninstalled"], "tabCustom DocPerm", "parent")


def test_a_second_installation_is_like_the_first(life):
	first, again = life["installed"], life["installed again"]
	assert set(first["tables"]) == set(again["tables"])
	for table in sorted(TABLES - JOURNAL):
		one, other = first["tables"][table], again["tables"][table]
		assert len(one["rows"]) == len(other["rows"]), table
		if "parent" not in one["columns"]:  # rows of child tables have random names
			assert names(first, table) == names(again, table)
	# existing records get chains at installation
	assert names(again, "tabActivity Link", "activity_type") == {"Event"}
	assert names(again, "tabInteraction Chain") == names(again, "tabActivity Link", "chain")
	assert names(first, "tabKanban Board") == names(again, "tabKanban Board")
	assert names(first, "tabWorkspace") <= names(again, "tabWorkspace")


def test_a_second_life_cycle_leaves_no_further_records(life):
	kept = HISTORY | MADE_BY_OTHERS
	one, other = (without(life[point], kept) for point in ("uninstalled", "uninstalled again"))
	assert differences(one, other, timed=set()) == []

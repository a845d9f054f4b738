"""Rules of a DocType's permissions: each role has the rights that it needs, and no others."""

from collections.abc import Iterator

from tests.unit.support import doctypes
from tests.unit.support.doctypes import Catalogue, is_child, is_setup, is_single
from tests.unit.support.rules import rules_of

ADMINISTRATORS = ("System Manager", "Interaction Administrator")
MANAGER = "Interaction Manager"
USER = "Interaction User"
ROLES = (*ADMINISTRATORS, MANAGER, USER)
RIGHTS_OF_A_SINGLE = {"read", "write"}


def administrators_have_full_access(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if is_child(doctype) or doctype["name"] in doctypes.INTERNAL:
		return
	wanted = {"read", "write"} if is_single(doctype) else {"read", "write", "create", "delete"}
	if doctype["name"] in doctypes.CREATED_BY_CODE:
		wanted -= {"create"}
	if doctype["name"] in doctypes.LEDGERS:
		wanted = {"read", "report"}
	yield from _lacking(doctype, wanted, ADMINISTRATORS)


def all_roles_have_basic_access(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""All roles may record activities, and read dictionaries and settings."""
	if is_child(doctype) or doctype["name"] in doctypes.INTERNAL:
		return
	wanted = {"read", "write", "create"} if doctype["name"] in doctypes.ACTIVITIES else {"read"}
	yield from _lacking(doctype, wanted, ROLES[:-1] if doctype["name"] in doctypes.NOT_FOR_USERS else ROLES)


def users_do_not_delete(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Users correct and cancel but don't delete; managers delete records, administrators dictionaries too."""
	if "delete" in _rights(doctype, USER):
		yield f"{USER} may delete"
	if is_setup(doctype) and "delete" in _rights(doctype, MANAGER):
		yield f"{MANAGER} may delete values of a dictionary"


def users_do_not_set_up(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if is_setup(doctype) and _rights(doctype, USER) & {"write", "create", "import"}:
		yield f"{USER} may change an administrator's setup"
	if "import" in _rights(doctype, USER):
		yield f"{USER} may import"


def ledgers_are_read_only(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""No role may write records that the app's code keeps consistent."""
	forbidden = {"create", "import"} if doctype["name"] in doctypes.CREATED_BY_CODE else set()
	if doctype["name"] in doctypes.LEDGERS:
		forbidden = {"write", "create", "delete", "submit", "import"}
	for role in ROLES:
		yield from _having(role, _rights(doctype, role) & forbidden)


def internal_tables_are_closed(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Internal tables reveal activities' audiences and reporting lines."""
	for role in ROLES if doctype["name"] in doctypes.INTERNAL else ():
		allowed = {"read", "report"} if role == "System Manager" else set()
		yield from _having(role, _rights(doctype, role) - allowed)


def users_read_no_teams(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	if doctype["name"] in doctypes.NOT_FOR_USERS:
		yield from _having(USER, _rights(doctype, USER))


def roles_are_known(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for row in _rows(doctype):
		if row["role"] not in ROLES:
			yield f"{row['role']} is not a role of the app"


def rights_build_on_read(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	for row in _rows(doctype):
		if not row.get("read"):
			yield f"{row['role']} on level {row.get('permlevel', 0)} has rights without read"
		if row.get("create") and not row.get("write"):
			yield f"{row['role']} may create but not write"
		if is_single(doctype) and (extra := _granted(row) - RIGHTS_OF_A_SINGLE):
			yield f"{row['role']}: a single document has no right to {', '.join(sorted(extra))}"


def rows_are_not_repeated(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	rows = [(row["role"], row.get("permlevel", 0), row.get("if_owner", 0)) for row in _rows(doctype)]
	if len(rows) != len(set(rows)):
		yield "a role has two rows on one level"


def levels_are_granted(doctype: dict, catalogue: Catalogue) -> Iterator[str]:
	"""Each level with fields is granted to a role, and each granted level has fields."""
	used = {field.get("permlevel", 0) for field in doctype["fields"]}
	granted = {row.get("permlevel", 0) for row in _rows(doctype)}
	if is_child(doctype):
		return
	for level in sorted(used - granted):
		yield f"no role may read level {level}"
	for level in sorted(granted - used - {0}):
		yield f"no field is on level {level}"
	for level in sorted(used - {0}):
		for role in ADMINISTRATORS:
			if not {"read", "write"} <= _rights(doctype, role, level):
				yield f"{role} may not write level {level}"


def _rows(doctype: dict) -> list[dict]:
	return doctype.get("permissions") or []


def _rights(doctype: dict, role: str, level: int = 0) -> set[str]:
	rows = [row for row in _rows(doctype) if row["role"] == role and row.get("permlevel", 0) == level]
	return set().union(*map(_granted, rows))


def _granted(row: dict) -> set[str]:
	return {key for key, value in row.items() if value == 1 and key not in ("permlevel", "if_owner")}


def _lacking(doctype: dict, wanted: set[str], roles: tuple[str, ...]) -> Iterator[str]:
	for role in roles:
		if missing := wanted - _rights(doctype, role):
			yield f"{role} lacks {', '.join(sorted(missing))}"


def _having(role: str, rights: set[str]) -> Iterator[str]:
	if rights:
		yield f"{role} may {', '.join(sorted(rights))}"


RULES = rules_of(globals(), "doctype", "catalogue")

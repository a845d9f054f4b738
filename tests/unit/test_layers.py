"""The order of layers: modules import only from their own package or from lower layers (docs/architecture.md)."""

import pytest

from tests.unit.support.source import APP, dotted, imports, module_file, python_files, tree

# From the lowest layer up. Packages of one layer don't import each other.
LAYERS = (
	("exceptions",),
	("clock",),
	# mends of Frappe that every layer may use; the others are above the journal
	("platform.stored_text", "platform.mail", "platform.bulk_insert", "platform.write_turn"),
	("apps",),
	(
		*("controllers.addresses", "controllers.rich_text"),
		*("controllers.validation", "controllers.document", "controllers.child_row"),
	),
	("activities",),
	("parties", "resources", "invitations"),
	("journal",),
	# above the journal, which has the app's document types
	("platform",),
	("visibility",),
	("chains",),
	("followups",),
	("plans",),
	("reminders",),
	("recording", "supervision"),
	("handover", "capture", "importing", "insight", "day", "availability"),
	("integrations",),
	# above the layers that the steps of a save call
	("controllers.activity",),
	("crm_interactions",),
	("setup", "demo", "patches", "boot"),
	("api", "install", "uninstall", "hooks", "www"),
)
ROOMS = {room: number for number, layer in enumerate(LAYERS) for room in layer}
# base classes may import each other, like modules of one package
BASES = {*next(layer for layer in LAYERS if "controllers.document" in layer)}
FILES = [path for path in python_files() if path.stem != "__init__"]


def room_of(name: str) -> str | None:
	"""Return the entry of LAYERS for a module, given its dotted name without the app, or None."""
	parts = name.split(".")
	return next((room for n in (2, 1) if (room := ".".join(parts[:n])) in ROOMS), None)


def leads_upwards(name: str, target: str) -> bool:
	"""Return True for an import, by names without the app, from another entry of the same or a higher layer."""
	room, other = room_of(name), room_of(target)
	if room == other or other is None or {room, other} <= BASES:
		return False
	return ROOMS[other] >= ROOMS[room]


@pytest.mark.parametrize(
	("name", "target", "upwards"),
	[
		("journal.row", "chains.log", True),
		("parties.names", "resources.slots", True),
		("followups.planner", "api.activity", True),
		("controllers.document", "controllers.activity", True),
		("controllers.document", "controllers.validation", False),
		("chains.log", "journal.row", False),
		("chains.log", "chains.locks", False),
	],
)
def test_imports_within_and_across_layers_are_told_apart(name, target, upwards):
	assert leads_upwards(name, target) is upwards


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_every_module_has_a_layer(path):
	assert room_of(_within_app(dotted(path)))


def test_no_import_leads_upwards():
	pairs = [
		(_within_app(dotted(path)), _within_app(name if module_file(name) else name.rpartition(".")[0]))
		for path in FILES
		for name in imports(tree(path))
		if name.startswith(f"{APP}.")
	]
	found = [f"{name} imports {target}" for name, target in pairs if leads_upwards(name, target)]
	assert not found, "\n".join(found)


def test_only_reports_load_scipy():
	"""Loading it takes a second and tens of megabytes, which each worker of the site would spend."""
	waiting = [
		path for path in FILES if "/insight/" not in path.as_posix() and "/report/" not in path.as_posix()
	]
	found, seen = set(), set(waiting)
	while waiting:
		path = waiting.pop()
		for name in imports(tree(path)):
			if name.split(".")[0] in ("numpy", "scipy"):
				found.add(dotted(path))
			target = module_file(name) or module_file(name.rpartition(".")[0])
			if name.startswith(f"{APP}.") and target and target not in seen:
				seen.add(target)
				waiting.append(target)
	assert not found
	assert any(path.name == "paces.py" for path in seen), "the settings start its job"


def _within_app(name: str) -> str:
	return name.removeprefix(f"{APP}.")

"""The order of layers: an import leads to the same package or to a lower layer (docs/architecture.md)."""

import pytest
from support.source import APP, dotted, imports, module_file, python_files, tree

# From the ground up. Packages of one layer do not import one another.
LAYERS = (
	("exceptions",),
	("apps",),
	("controllers.validation", "controllers.document", "controllers.child_row"),
	("activities",),
	("parties", "resources", "invitations"),
	("journal",),
	# above the journal, which knows the document types of the app
	("platform",),
	("visibility",),
	("chains",),
	("followups",),
	("reminders",),
	("recording", "supervision"),
	("handover",),
	("integrations",),
	# the steps of a save call all of the above
	("controllers.activity",),
	("crm_interactions",),
	("setup", "demo", "patches", "boot"),
	("api", "install", "uninstall", "hooks"),
)
ROOMS = {room: number for number, layer in enumerate(LAYERS) for room in layer}
# base classes may stand on one another, as modules of one package do
BASES = {"controllers.validation", "controllers.document", "controllers.child_row"}
FILES = [path for path in python_files() if path.stem != "__init__"]


def room_of(name: str) -> str | None:
	"""Return the entry of the table that holds a module, given its name without the app."""
	parts = name.split(".")
	return next((room for n in (2, 1) if (room := ".".join(parts[:n])) in ROOMS), None)


def leads_upwards(name: str, target: str) -> bool:
	"""Return whether a module may not import another one: one of another room on its layer or above it.

	Args:
		name: dotted name of the importing module, without the app.
		target: likewise of the imported one.
	"""
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
def test_layers_tell_up_from_down(name, target, upwards):
	assert leads_upwards(name, target) is upwards


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_every_module_has_a_layer(path):
	assert room_of(_within_app(dotted(path)))


def test_no_import_leads_upwards():
	found = [
		f"{_within_app(dotted(path))} imports {target}"
		for path in FILES
		for name in imports(tree(path))
		if name.startswith(f"{APP}.")
		and leads_upwards(
			_within_app(dotted(path)),
			target := _within_app(name if module_file(name) else name.rpartition(".")[0]),
		)
	]
	assert not found, "\n".join(found)


def _within_app(name: str) -> str:
	return name.removeprefix(f"{APP}.")

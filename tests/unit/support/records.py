"""Where the records that ship as JSON lie, by kind, and what they are called."""

import json
from functools import cache
from pathlib import Path

from support.doctypes import PLATFORM, scrub
from support.source import MODULE, PACKAGE

# kind of record → where the platform looks for it
PLACES = {
	"Workspace": (MODULE, "workspace/*/*.json"),
	"Number Card": (MODULE, "number_card/*/*.json"),
	"Dashboard Chart": (MODULE, "dashboard_chart/*/*.json"),
	"Print Format": (MODULE, "print_format/*/*.json"),
	"Dashboard": (MODULE, "*_dashboard/*/*.json"),
	"Workspace Sidebar": (PACKAGE, "workspace_sidebar/*.json"),
	"Desktop Icon": (PACKAGE, "desktop_icon/*.json"),
}
SEEDS = PACKAGE / "fixtures" / "seeds"
# pages of the platform that workspaces may lead to; in both versions
PLATFORM_PAGES = {"permission-manager"}


def files(kind: str) -> list[Path]:
	folder, pattern = PLACES[kind]
	return sorted(folder.glob(pattern))


@cache
def read(path: Path):
	return json.loads(path.read_text(encoding="utf-8"))


def names(kind: str) -> set[str]:
	"""Return the names of the records of a kind that ship, seeds included."""
	shipped = {read(path)["name"] for path in files(kind)} if kind in PLACES else set()
	return shipped | {record["name"] for record in seeds() if record["doctype"] == kind}


def seeds() -> list[dict]:
	return [record for path in sorted(SEEDS.glob("*.json")) for record in read(path)]


def reports() -> set[str]:
	return {read(path)["name"] for path in MODULE.glob("report/*/*.json") if path.stem == path.parent.name}


def target_exists(kind: str | None, name: str | None, own: dict) -> bool:
	"""True when a link of a workspace or a sidebar leads to something that ships or that the platform has."""
	if kind == "DocType":
		return name in own or name in PLATFORM
	if kind == "Report":
		return name in reports()
	if kind == "Page":
		return name in PLATFORM_PAGES
	return name in names(kind or "")


def lies_where_the_platform_looks(path: Path, kind: str) -> bool:
	"""True for <kind>/<name>/<name>.json in the module's folder, or any file of the app's own folders."""
	if PLACES[kind][0] == PACKAGE:
		return True
	return path.stem == path.parent.name == scrub(read(path)["name"])

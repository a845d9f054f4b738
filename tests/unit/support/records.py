"""The records that ship as JSON: their folders and names by document type."""

import json
from functools import cache
from pathlib import Path

from tests.unit.support.doctypes import PLATFORM, scrub
from tests.unit.support.source import MODULE, PACKAGE

# document type → where Frappe looks for its records
PLACES = {
	"Workspace": (MODULE, "workspace/*/*.json"),
	"Number Card": (MODULE, "number_card/*/*.json"),
	"Dashboard Chart": (MODULE, "dashboard_chart/*/*.json"),
	"Print Format": (MODULE, "print_format/*/*.json"),
	"Dashboard": (MODULE, "*_dashboard/*/*.json"),
	"Module Onboarding": (MODULE, "module_onboarding/*/*.json"),
	"Onboarding Step": (MODULE, "onboarding_step/*/*.json"),
	"Form Tour": (MODULE, "form_tour/*/*.json"),
	"Workspace Sidebar": (PACKAGE, "workspace_sidebar/*.json"),
	"Desktop Icon": (PACKAGE, "desktop_icon/*.json"),
}
SEEDS = PACKAGE / "fixtures" / "seeds"
# pages of both Frappe versions that workspaces may link to
PLATFORM_PAGES = {"permission-manager"}


def files(kind: str) -> list[Path]:
	folder, pattern = PLACES[kind]
	return sorted(folder.glob(pattern))


@cache
def read(path: Path):
	return json.loads(path.read_text(encoding="utf-8"))


def names(kind: str) -> set[str]:
	"""Return the names of the shipped records of a document type, including seeds."""
	shipped = {read(path)["name"] for path in files(kind)} if kind in PLACES else set()
	return shipped | {record["name"] for record in seeds() if record["doctype"] == kind}


def seeds() -> list[dict]:
	return [record for path in sorted(SEEDS.glob("*.json")) for record in read(path)]


def reports() -> set[str]:
	return {read(path)["name"] for path in MODULE.glob("report/*/*.json") if path.stem == path.parent.name}


def pages() -> set[str]:
	return {read(path)["name"] for path in MODULE.glob("page/*/*.json") if path.stem == path.parent.name}


def target_exists(kind: str | None, name: str | None, own: dict) -> bool:
	"""Return True if a link's target ships with the app or belongs to Frappe."""
	known = {"DocType": {*own, *PLATFORM}, "Report": reports(), "Page": PLATFORM_PAGES | pages()}
	return name in (known[kind] if kind in known else names(kind or ""))


def is_where_frappe_looks(path: Path, kind: str) -> bool:
	"""Return True for <kind>/<name>/<name>.json in the module's folder, or any file in the app's own folders."""
	return PLACES[kind][0] == PACKAGE or path.stem == path.parent.name == scrub(read(path)["name"])

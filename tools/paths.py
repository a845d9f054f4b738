"""The paths of the checkout and of the cache folder, which outlives it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

APP = "crm_interactions"
CHECKOUT = Path(__file__).resolve().parent.parent


def cache_folder(env: Mapping[str, str], home: Path) -> Path:
	"""Return the folder in `CRM_INTERACTIONS_CACHE`, or else `crm-interactions` in the user's cache folder."""
	if own := env.get("CRM_INTERACTIONS_CACHE"):
		return Path(own).expanduser().absolute()
	caches = env.get("XDG_CACHE_HOME")
	return (Path(caches) if caches else home / ".cache").absolute() / "crm-interactions"


def read_json(path: Path) -> dict[str, Any]:
	"""Return the object in a JSON file; an empty one if the file is missing or half-written."""
	try:
		return json.loads(path.read_text())
	except (OSError, ValueError):
		return {}


CACHE = cache_folder(os.environ, Path.home())
TOOL_ENV = CACHE / "tools"
NODE_TOOLS = CACHE / "node"
TOOL_LOGS = CACHE / "logs"
BYTECODE = CACHE / "bytecode"


class Places:
	"""The folders of one platform's bench."""

	def __init__(self, platform: str, cache: Path = CACHE) -> None:
		self.root = cache / platform
		self.bench = self.root / "bench"
		self.marker = self.root / "bench.json"
		self.link_marker = self.root / "link.json"
		self.logs = self.root / "logs"
		self.locks = self.root / "locks"
		self.run = self.root / "run"
		self.templates = self.root / "templates"
		self.data = self.root / "data"

	@property
	def sites(self) -> Path:
		return self.bench / "sites"

	@property
	def python(self) -> Path:
		return self.bench / "env" / "bin" / "python"

	@property
	def app_link(self) -> Path:
		return self.bench / "apps" / APP

"""The table of platforms: the sources and the database of each one. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Raise it when the build steps change, so that existing benches are rebuilt.
RECIPE = 1
GITHUB = "https://github.com/frappe"


@dataclass(frozen=True)
class Source:
	"""An app to clone from the address in the environment variable `variable`, or else from `address`."""

	app: str
	title: str
	variable: str
	address: str
	ref: str
	optional: bool = False
	server_only: bool = False
	# The page of a front end of the app's own, in the app's folder; written by its build.
	page: str = ""

	def at(self, env: Mapping[str, str]) -> str:
		"""Return the address to clone from. A folder becomes a file URL, because git clones only those shallowly."""
		address = env.get(self.variable, "").strip() or self.address
		if address.startswith(("/", "~", ".")):
			return Path(address).expanduser().resolve().as_uri()
		return address


@dataclass(frozen=True)
class Platform:
	"""A bench: its sources in the order of installation, its database and the first of its 100 ports."""

	name: str
	summary: str
	database: str
	sources: tuple[Source, ...]
	first_port: int

	@property
	def frappe(self) -> Source:
		return self.sources[0]


def _frappe(version: int) -> Source:
	return Source("frappe", "Frappe", "FRAPPE_REPO", f"{GITHUB}/frappe", f"version-{version}")


def _erpnext(version: int) -> Source:
	return Source("erpnext", "ERPNext", "ERPNEXT_REPO", f"{GITHUB}/erpnext", f"version-{version}")


def _crm(version: str) -> Source:
	return Source(
		*("crm", "Frappe CRM", "CRM_REPO", f"{GITHUB}/crm", f"v{version}"),
		optional=True,
		server_only=True,
		page="crm/www/crm.html",
	)


DEFAULT = "v16"
PLATFORMS = {
	platform.name: platform
	for platform in (
		Platform("v16", "Frappe 16 on SQLite", "sqlite", (_frappe(16),), 18000),
		Platform(
			"v15-erpnext",
			"Frappe and ERPNext 15 on MariaDB, with Frappe CRM where available",
			"mariadb",
			(_frappe(15), _erpnext(15), _crm("1.52.0")),
			18100,
		),
		Platform(
			"v16-erpnext",
			"Frappe and ERPNext 16 on MariaDB, with Frappe CRM where available",
			"mariadb",
			(_frappe(16), _erpnext(16), _crm("1.70.0")),
			18200,
		),
		Platform("v15-postgres", "Frappe 15 on PostgreSQL", "postgres", (_frappe(15),), 18300),
	)
}


def named(name: str) -> Platform:
	"""Return the platform of that name, or raise ValueError with the known names."""
	try:
		return PLATFORMS[name]
	except KeyError:
		raise ValueError(
			f"There is no platform {name!r}. Set PLATFORM to one of {', '.join(PLATFORMS)}."
		) from None


def key(platform: Platform, env: Mapping[str, str]) -> str:
	"""Return a hash that changes when the bench has to be rebuilt: with its sources, refs, database or RECIPE."""
	parts = [RECIPE, platform.database, [[s.app, s.at(env), s.ref] for s in platform.sources]]
	return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

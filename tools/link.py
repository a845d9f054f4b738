"""Link this checkout into a bench: the package, the packages of its tests, its folder under apps, the Desk's assets."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tools import run, toolenv
from tools.bench import Bench, list_app
from tools.lock import Lock
from tools.paths import APP, CHECKOUT, read_json
from tools.say import step

PUBLIC = CHECKOUT / APP / "public"
REQUIREMENTS = CHECKOUT / "tools" / "requirements-bench.txt"


def link_checkout(bench: Bench) -> Lock | None:
	"""Make the bench use this checkout; rebuild only the changed parts.

	Returns: a shared lock that keeps other clones out, or None while another clone uses the bench.
	"""
	lock = Lock(bench.places.locks / "link")
	if _is_linked(bench):
		lock.shared()
	elif not lock.try_exclusive():
		lock.close()
		return None
	log = bench.places.logs / "link.log"
	done = read_json(bench.places.link_marker)
	package = fingerprint([CHECKOUT / "pyproject.toml", REQUIREMENTS], salt=str(CHECKOUT))
	if done.get("package") != package or not _is_linked(bench):
		with step(f"Linking {CHECKOUT} into the bench"):
			_link_package(bench, log)
	assets = fingerprint(_public_files(), salt=str(CHECKOUT))
	if done.get("assets") != assets:
		with step("Building the app's assets"):
			_build_assets(bench, log)
	bench.places.link_marker.write_text(json.dumps({"package": package, "assets": assets}))
	lock.shared()
	return lock


def _is_linked(bench: Bench) -> bool:
	link = bench.places.app_link
	return link.is_symlink() and link.readlink() == CHECKOUT


def fingerprint(files: Iterable[Path], salt: str = "") -> str:
	"""Return a hash of the files' paths and contents."""
	digest = hashlib.sha256(salt.encode())
	for path in sorted(files):
		digest.update(f"\0{path}\0".encode())
		digest.update(path.read_bytes() if path.is_file() else b"")
	return digest.hexdigest()[:16]


def _link_package(bench: Bench, log: Path) -> None:
	link = bench.places.app_link
	link.unlink(missing_ok=True)
	link.symlink_to(CHECKOUT, target_is_directory=True)
	pip = [toolenv.tool("uv"), "pip", "install", "--python", bench.places.python]
	command = [*pip, "--editable", CHECKOUT, "--requirement", REQUIREMENTS]
	run.logged(command, log, env=bench.env(), what="Installing the checkout")
	list_app(bench.places, APP)


def _public_files() -> list[Path]:
	return [
		path for path in PUBLIC.rglob("*") if path.is_file() and "dist" not in path.relative_to(PUBLIC).parts
	]


def _build_assets(bench: Bench, log: Path) -> None:
	# `bench build` writes bundles into the checkout, which several benches share, but bundles differ between benches.
	# So each bench gets an assets folder of its own, with links to the checkout's other files.
	folder = bench.places.sites / "assets" / APP
	if folder.is_symlink():
		folder.unlink()
	folder.mkdir(parents=True, exist_ok=True)
	for entry in folder.iterdir():
		if entry.is_symlink():
			entry.unlink()
	for entry in PUBLIC.iterdir() if PUBLIC.is_dir() else ():
		if entry.name != "dist":
			(folder / entry.name).symlink_to(entry)
	if any(".bundle." in path.name for path in _public_files()):
		command = ["yarn", "--silent", "run", "production", "--apps", APP]
		frappe = bench.places.bench / "apps" / "frappe"
		run.logged(command, log, cwd=frappe, env=bench.env(), what="Building the assets")

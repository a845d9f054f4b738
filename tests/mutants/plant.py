"""Plant faults, one at a time, and name the test that finds each: `python -m tests.mutants.plant M07 M08`.

Faults are planted in a clone of the last commit, which is restored afterwards; the bench and its link don't change. The
site (`make dev SITE=…`) is for one process at a time and of no use afterwards; suites that commit get a new one. A test
that fails without the fault too doesn't count.
"""

import argparse
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout
from io import StringIO
from pathlib import Path
from time import monotonic

from tests.mutants.generate import LIST, Mutant, package, planted, sources
from tools import sites, system
from tools.bench import Bench, existing
from tools.commands.test import CONFIG
from tools.paths import CACHE, CHECKOUT
from tools.platforms import PLATFORMS
from tools.services import TEST_JOBS, Services
from tools.web import serving

# test files of the unit suite that read the whole source
RULES = ("api_methods", "security_rules", "house_rules", "hook_paths", "javascript_rules", "shipped_records")
AROUND, MOST = 6, 8
WORD = re.compile(r"[a-z]\w{3,}")
BEYOND = {
	"permissions": ("api", "visibility"),
	"concurrency": ("chains", "handover", "reminders", "resources"),
	"browser": ("public",),
}
COMMITTING = ("permissions", "concurrency", "browser")
FOUND = re.compile(r"^(?:FAILED|ERROR) \S*?tests/(.+?)(?: - .*)?$|^not ok \d+ - (.*)", re.MULTILINE)
BUNDLE = "crm_interactions/public/js/crm_interactions.bundle.js"


def matching(mutant: Mutant, folder: Path, *, whole: bool = False) -> list[Path]:
	"""Return the test files of a suite, the likeliest first: all if `whole`, otherwise the first MOST.

	Files that import the module, or a module that imports it, come first; then those with rare words of the place.
	"""
	lines = (CHECKOUT / mutant.file).read_text("utf-8").split("\n")
	near = "\n".join(lines[max(mutant.line - AROUND, 0) : mutant.line + mutant.before.count("\n") + AROUND])
	words = {Path(mutant.file).stem, *WORD.findall(near)}
	module = _dotted(mutant.file)
	above = {_dotted(file) for file, text in sources().items() if module in _imports(text)}
	texts = {test: test.read_text("utf-8") for test in folder.glob("test_*.py")}
	tests = {test: {*WORD.findall(text)} & words for test, text in texts.items()}
	files = Counter(word for shared in tests.values() for word in shared)
	ranks = {test: sum(1 / files[word] for word in shared) for test, shared in tests.items()}
	for test, text in texts.items():
		ranks[test] += 2 * (module in _imports(text)) + bool(above & _imports(text))
		ranks[test] += 9 * (test.stem.removeprefix("test_") in RULES)
	ranked = sorted(tests, key=lambda test: (-ranks[test], test))
	return ranked if whole else ranked[:MOST]


def _dotted(file: str) -> str:
	return file.removesuffix(".py").replace("/", ".")


def _imports(text: str) -> set[str]:
	found = re.findall(r"^\s*from (crm_interactions[\w.]*) import (\([^)]*\)|.*)", text, re.MULTILINE)
	return {
		name for base, names in found for name in (base, *(f"{base}.{one}" for one in WORD.findall(names)))
	}


def suites(mutant: Mutant, tests: Path, *, whole: bool) -> dict[str, list[Path]]:
	"""Return the test files to run by suite, in the order of running."""
	found = {"unit": matching(mutant, tests / "unit", whole=whole)}
	if mutant.file.endswith(".js"):
		found["javascript"] = sorted(tests.glob("unit/js/*.test.mjs"))
	else:
		found["site"] = matching(mutant, tests / "site", whole=whole)
	for name, packages in BEYOND.items():
		if package(mutant.file) in packages or (name == "concurrency" and mutant.kind == "lock"):
			found[name] = matching(mutant, tests / name, whole=whole or name != "browser")
	return found


class Plot(Bench):
	"""A bench whose commands use a clone of the checkout with planted faults."""

	def __init__(self, services: Services, chosen: argparse.Namespace):
		bench, self.services = services.bench, services
		super().__init__(bench.platform, bench.places, {"apps": bench.apps, "node": bench.node})
		self.site, self.seconds, self.whole = chosen.site, chosen.seconds, chosen.whole
		self.tier, self.only, self.files = chosen.tier, chosen.only, chosen.files
		self.clone = CACHE / "mutants" / self.site
		self.bundle, self.log = self.clone.with_suffix(".bundle.js"), self.clone.with_suffix(".log")

	def env(self) -> dict[str, str]:
		paths = {"PYTHONPATH": self.clone, "CRM_BENCH": self.places.bench, "CRM_BUNDLE": self.bundle}
		names = {"CRM_PLATFORM": self.platform.name, "CRM_ADMIN_PASSWORD": sites.ADMIN_PASSWORD}
		names["CRM_NEW_SITE_OPTIONS"] = shlex.join(map(str, sites.database_options(self.services)))
		names |= {"CHROMIUM": system.browser(), "CRM_FULL": "1" if self.tier == "full" else ""}
		env = super().env() | {name: str(path) for name, path in paths.items()} | names
		env.pop("PYTHONDONTWRITEBYTECODE", None)
		return env

	def git(self, *words: str | Path) -> None:
		subprocess.run(["git", "-C", self.clone, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607  git and paths

	def prepare(self) -> None:
		"""Make the clone, or reset it to the checkout's last commit."""
		self.clone.mkdir(parents=True, exist_ok=True)
		self.git("init", "-q")
		self.git("fetch", "-q", CHECKOUT, "HEAD")
		self.git("reset", "-q", "--hard", "FETCH_HEAD")

	def plant(self, mutant: Mutant) -> str:
		"""Return the suite and the test that find the fault, or "survived" with the suites that don't."""
		file, ran, until = self.clone / mutant.file, [], monotonic() + self.seconds
		sound = file.read_text("utf-8")
		try:
			for suite, tests in suites(mutant, self.clone / "tests", whole=self.whole).items():
				if self.files:
					tests = [
						path for name in self.files for path in (self.clone / "tests" / suite).glob(name)
					]
				if not tests or (self.only and suite not in self.only):
					continue
				file.write_text(planted(sound, mutant), encoding="utf-8")
				self._forget(mutant)
				found, remark = self._find(suite, tests, mutant, until)
				if found:
					return f"{suite}\t{found}"
				ran.append(suite + remark)
			return f"survived\t{', '.join(ran)}"
		finally:
			self._restore(mutant)

	def _find(self, suite: str, tests: list[Path], mutant: Mutant, until: float) -> tuple[str, str]:
		"""Return the first test that fails by itself with the fault and passes without it, and a remark if there is none.

		Other tests that fail are left out of the next attempt.
		"""
		left_out: list[str] = []
		while True:
			status, output = self._test(suite, tests, until - monotonic(), left_out)
			test = FOUND.search(output)
			if status is None:
				return "", " (time is up)"
			if not test:
				other = "" if status in (0, 5) else f" (no test starts: {output.strip().splitlines()[-1:]})"
				return "", other + "".join(f" ({name} fails anyway, or not by itself)" for name in left_out)
			if not test[1] or self._fails_by_itself(suite, mutant, test[1]):
				return test[1] or test[2], ""
			self.log.write_text(output)
			left_out.append(test[1])

	def _fails_by_itself(self, suite: str, mutant: Mutant, test: str) -> bool:
		alone = [self.clone / "tests" / test]
		if self._test(suite, alone, self.seconds)[0] != 1:
			return False
		with_fault = (self.clone / mutant.file).read_text("utf-8")
		self._restore(mutant)
		passes = self._test(suite, alone, self.seconds)[0] == 0
		(self.clone / mutant.file).write_text(with_fault, encoding="utf-8")
		self._forget(mutant)
		return passes

	def _new_site(self) -> str:
		site = f"new-{self.site}"
		with redirect_stdout(StringIO()):
			sites.make(self.services, site, CONFIG)
		return site

	def _restore(self, mutant: Mutant) -> None:
		self.git("checkout", "-q", "--", ".")
		self._forget(mutant)

	def _forget(self, mutant: Mutant) -> None:
		"""Clear Frappe's cache of the hooks if the fault is in hooks.py."""
		if mutant.file.endswith("hooks.py"):
			self.call(self.site, "clear-cache")

	def _test(
		self, suite: str, tests: list[Path], seconds: float, left_out: Sequence[str] = ()
	) -> tuple[int | None, str]:
		"""Run the tests and return exit status and output; the status is None after a timeout."""
		config = f"--config-file={self.clone}/pyproject.toml"
		command = [self.places.python, "-m", "pytest", config, "-q", "-x", *tests]
		command += [f"--deselect=tests/{name}" for name in left_out]
		cwd = self.clone if suite in ("unit", "javascript") else self.places.sites
		site = self._new_site() if suite in COMMITTING else self.site
		env = self.env() | {"CRM_SITE": site}
		with ExitStack() as stack:
			if suite == "javascript":
				command = ["node", "--test", "--test-reporter=tap", *tests]
			if suite == "browser":
				esbuild = self.places.bench / "apps" / "frappe" / "node_modules" / ".bin" / "esbuild"
				built = [esbuild, self.clone / BUNDLE, "--bundle", f"--outfile={self.bundle}"]
				subprocess.run(built, check=True, capture_output=True)  # noqa: S603  the bench's own esbuild
				env["CRM_BASE_URL"] = stack.enter_context(serving(self, site, 0, host="127.0.0.1")).url
				command += ["-p", "tests.mutants.bundle"]
			return _run(command, cwd, env, seconds)


def _run(command: list, cwd: Path, env: dict[str, str], seconds: float) -> tuple[int | None, str]:
	pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
	process = subprocess.Popen([*map(str, command)], cwd=cwd, env=env, start_new_session=True, **pipes)  # noqa: S603  tests
	try:
		output = process.communicate(timeout=max(seconds, 1))[0]
		return process.returncode, output
	except subprocess.TimeoutExpired:
		os.killpg(process.pid, signal.SIGKILL)
		return None, process.communicate()[0]


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("ids", nargs="+", metavar="id")
	parser.add_argument("--tier", choices=("quick", "full"), default="quick")
	parser.add_argument("--whole", action="store_true", help="all files of each suite, the likeliest first")
	parser.add_argument("--platform", choices=PLATFORMS, default="v16")
	parser.add_argument("--site", default="dev.localhost")
	parser.add_argument("--only", nargs="*", default=[], help="the suites to run")
	parser.add_argument("--files", nargs="*", default=[], help="names of test files, not the likeliest")
	parser.add_argument("--seconds", type=float, default=90, help="for each fault")
	chosen = parser.parse_args()
	mutants = {one["id"]: Mutant(**one) for one in json.loads(LIST.read_text("utf-8"))}
	bench = existing(PLATFORMS[chosen.platform])
	if not bench:
		sys.exit(f"There is no bench. Make one: make bench PLATFORM={chosen.platform}")
	services = Services(bench)
	plot = Plot(services, chosen)
	plot.prepare()
	with services.running():
		services.use_job_database(TEST_JOBS)
		plot.jobs = bench.jobs
		for mutant in map(mutants.__getitem__, chosen.ids):
			started = monotonic()
			print(mutant.id, f"{mutant.file}:{mutant.line}", mutant.kind, sep="\t", end="\t")
			print(plot.plant(mutant), f"{monotonic() - started:.0f} s", sep="\t", flush=True)


if __name__ == "__main__":
	main()

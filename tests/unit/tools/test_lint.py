"""The files of `make lint`, and the platforms of the workflows."""

import json
import re
from pathlib import Path

from tools.commands import lint
from tools.platforms import PLATFORMS

CHECKOUT = Path(__file__).parents[3]


def test_only_the_apps_javascript_is_linted(tmp_path):
	own = ["crm_interactions/public/js/panel.js", "tests/unit/js/dates.test.mjs"]
	others = ["crm_interactions/public/dist/js/x.js", "crm_interactions/node_modules/y.js", "docs/z.js"]
	for name in own + others:
		(tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / name).touch()
	assert [str(path) for path in lint.javascript(tmp_path)] == own


def _platforms(workflow: str) -> list[str]:
	text = (CHECKOUT / ".github" / "workflows" / workflow).read_text()
	return json.loads(re.search("platforms: '(.*)'", text)[1])


def test_nightly_tests_run_the_full_tier_on_every_platform():
	assert _platforms("nightly.yml") == [*PLATFORMS]
	assert "full: true" in (CHECKOUT / ".github" / "workflows" / "nightly.yml").read_text()


def test_a_push_runs_the_platforms_of_the_local_checks():
	local = (CHECKOUT / ".ci" / "run").read_text()
	assert f"for platform in {' '.join(_platforms('ci.yml'))};" in local
	assert "full" not in (CHECKOUT / ".github" / "workflows" / "ci.yml").read_text()


def test_no_file_of_the_tool_is_longer_than_250_lines():
	long = [path for path in (CHECKOUT / "tools").rglob("*.py") if len(path.read_text().splitlines()) > 250]
	assert not long

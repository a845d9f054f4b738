"""What `make lint` looks at."""

import json
import re
from pathlib import Path

from tools.commands import lint
from tools.platforms import PLATFORMS

CHECKOUT = Path(__file__).parents[3]


def test_only_javascript_of_our_own(tmp_path):
	ours = ["crm_interactions/public/js/panel.js", "tests/unit/js/dates.test.mjs"]
	others = ["crm_interactions/public/dist/js/x.js", "crm_interactions/node_modules/y.js", "docs/z.js"]
	for name in ours + others:
		(tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / name).touch()
	assert [str(path) for path in lint.javascript(tmp_path)] == ours


def _platforms(workflow: str) -> list[str]:
	text = (CHECKOUT / ".github" / "workflows" / workflow).read_text()
	return json.loads(re.search("platforms: '(.*)'", text)[1])


def test_each_night_every_platform_is_tested_in_full():
	assert _platforms("nightly.yml") == [*PLATFORMS]
	assert "full: true" in (CHECKOUT / ".github" / "workflows" / "nightly.yml").read_text()


def test_each_push_is_tested_as_before_it_lands():
	local = (CHECKOUT / ".ci" / "run").read_text()
	assert f"for platform in {' '.join(_platforms('ci.yml'))};" in local
	assert "full" not in (CHECKOUT / ".github" / "workflows" / "ci.yml").read_text()


def test_no_file_of_the_tool_is_long():
	long = [path for path in (CHECKOUT / "tools").rglob("*.py") if len(path.read_text().splitlines()) > 250]
	assert not long

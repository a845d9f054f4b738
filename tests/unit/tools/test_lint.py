"""What `make lint` looks at."""

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


def test_ci_runs_every_platform():
	workflow = (CHECKOUT / ".github" / "workflows" / "ci.yml").read_text()
	assert f"platform: [{', '.join(PLATFORMS)}]" in workflow


def test_no_file_of_the_tool_is_long():
	long = [path for path in (CHECKOUT / "tools").rglob("*.py") if len(path.read_text().splitlines()) > 250]
	assert not long

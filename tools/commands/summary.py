"""Add up the files that several runs of `make test` wrote to CRM_TEST_SUMMARY: the closing lines of `.ci/run`."""

from collections.abc import Sequence
from pathlib import Path

from tools.closing import overall
from tools.results import Summary
from tools.say import line
from tools.suites import BUDGETS


def main(paths: Sequence[str]) -> int:
	"""Print the combined results of files named after their platforms; a missing file stands for a broken run."""
	existing = [Path(path) for path in paths if Path(path).exists()]
	missing = [Path(path).stem for path in paths if not Path(path).exists()]
	for text in overall([Summary.from_json(path.read_text()) for path in existing], missing, BUDGETS):
		line(text)
	return 0

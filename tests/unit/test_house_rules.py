"""House rules of the Python code (CONTRIBUTING.md); a failure names the rule, the files and the lines."""

import pytest

from tests.unit.support import python_rules
from tests.unit.support.source import PACKAGE, javascript_files, python_files, relative, tree

LONGEST_FILE = 400

# function → why it may end the transaction, which is otherwise done by the request or job
COMMITS = {
	"chains/locks.py:take_turn": "ends a transaction of reads, at the start of a request on SQLite",
	"chains/locks.py:restart_transaction": "ends a transaction of reads, so that the request reads the latest data after locking",
	"reminders/sent_log.py:send_once": "a job that commits each reminder, so that it can be started again",
	"handover/job.py:_run_step": "a job that commits each chunk, so that it can be started again",
	"handover/job.py:_record_failure": "a failed job records the failure and keeps its completed chunks",
	"recording/numbering.py:number_documents": "a job that commits each batch, so that it can be started again",
	"visibility/rebuilding.py:run_as_job": "a job that commits each batch, so that it can be started again",
	"supervision/bulk_review.py:_end_if_due": "a job that commits each activity, so that it can be started again",
	"setup/leftovers.py:remove_traces": "Frappe commits the uninstall before its last hook",
}


@pytest.mark.parametrize("rule", python_rules.RULES, ids=lambda rule: rule.__name__)
def test_python_code_follows_the_rule(rule):
	problems = [
		f"{relative(path)}:{line}: {problem}"
		for path in python_files()
		for line, problem in rule(tree(path), path.read_text(encoding="utf-8").splitlines())
	]
	assert not problems, "\n".join(problems)


def test_commits_are_listed_with_a_reason():
	"""COMMITS has exactly the functions that end the transaction."""
	found = {
		f"{path.relative_to(PACKAGE).as_posix()}:{function}": path.read_text(encoding="utf-8").splitlines()[
			line - 1
		]
		for path in python_files()
		for function, line in python_rules.commits(tree(path))
	}
	assert found.keys() == COMMITS.keys()
	assert not [place for place, line in found.items() if "#" not in line], (
		"the line needs a comment with the reason"
	)


def test_files_have_at_most_400_lines():
	files = [*python_files(), *javascript_files(), *PACKAGE.glob("public/**/*.css")]
	lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
	assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}

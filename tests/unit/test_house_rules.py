"""House rules of the Python code (CONTRIBUTING.md); a failure names the rule, the files and the lines."""

import pytest
from support import python_rules
from support.source import PACKAGE, javascript_files, python_files, relative, tree

LONGEST_FILE = 400

# function → why it may end the transaction; anywhere else the request or the job does
COMMITS = {
	"chains/locks.py:take_turn": "of reads alone, at the beginning of a request on SQLite",
	"chains/locks.py:restart_transaction": "of reads alone, so that a request reads the latest data once it holds its chains",
	"reminders/sent_log.py:send_once": "a job; each reminder is kept, so that it can be killed and started again",
	"handover/job.py:_run_step": "a job of many chunks, each kept, so that it can be killed and started again",
	"handover/job.py:_record_failure": "a job that failed says so, and keeps what it did before",
	"recording/numbering.py:number_documents": "a job of many batches, each kept, so that it can be started again",
	"visibility/rebuilding.py:run_as_job": "a job of many batches, each kept, so that it can be started again",
	"supervision/bulk_review.py:_end_if_due": "a job; each is kept, so that it can be killed and started again",
	"setup/leftovers.py:remove_traces": "the platform commits the uninstall before its last hook",
}


@pytest.mark.parametrize("rule", python_rules.RULES, ids=lambda rule: rule.__name__)
def test_python(rule):
	problems = [
		f"{relative(path)}:{line}: {problem}"
		for path in python_files()
		for line, problem in rule(tree(path), path.read_text(encoding="utf-8").splitlines())
	]
	assert not problems, "\n".join(problems)


def test_commits_are_written_down():
	"""The list above holds each function that ends the transaction, and no others."""
	found = {
		f"{path.relative_to(PACKAGE).as_posix()}:{function}": path.read_text(encoding="utf-8").splitlines()[
			line - 1
		]
		for path in python_files()
		for function, line in python_rules.commits(tree(path))
	}
	assert found.keys() == COMMITS.keys()
	assert not [place for place, line in found.items() if "#" not in line], (
		"the reason belongs on the line too"
	)


def test_files_are_short():
	files = [*python_files(), *javascript_files(), *PACKAGE.glob("public/**/*.css")]
	lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
	assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}

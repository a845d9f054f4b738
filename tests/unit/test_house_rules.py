"""House rules and Frappe's semgrep rules of the Python code; a failure names the rule, the files and the lines."""

import re
from collections.abc import Iterator

import pytest

from tests.unit.support import message_rules, python_rules, semgrep_rules
from tests.unit.support.doctypes import catalogue
from tests.unit.support.source import PACKAGE, ROOT, javascript_files, python_files, read, relative, tree

RULES = [*python_rules.RULES, *semgrep_rules.RULES, *message_rules.RULES]
# rule → folder to which it doesn't apply, with the reason
NOT_FOR = {
	"nothing_is_printed": "demo/",  # run manually in a terminal
	"state_of_the_request_is_explained": "demo/",  # acts as each of its users on purpose
}
FRAPPES_BOLD = "frappe.bold() leaves HTML as it is; validation.bold() shows it as text"
NOT_ESCAPED = "escape_html() isn't for stored text; use as_html()"
NOT_STRIPPED = "strip_html() isn't for stored text; use of_message()"
# (file, problem) → why it is allowed there
ALLOWED = {
	("controllers/validation.py", FRAPPES_BOLD): "of escaped text",
	("demo/write/activities.py", NOT_ESCAPED): "its own texts become rich text",
	("journal/row.py", NOT_STRIPPED): "rich text of other apps becomes stored text",
}

# function → why it may end the transaction, which is otherwise done by the request or job
COMMITS = {
	"platform/write_turn.py:take_turn": "ends a transaction of reads, on SQLite",
	"chains/locks.py:restart_transaction": "ends a transaction of reads, so that the request reads the latest data after locking",
	"integrations/frappe/email_account.py:process": "after a deadlock, which ended the transaction, stores the mail again",
	"capture/telephony.py:log_call": "gives up what it has begun, because another request has just recorded the same call",
	"reminders/sent_log.py:send_once": "a job that commits each reminder, so that it can be started again",
	"handover/job.py:_run_step": "a job that commits each chunk, so that it can be started again",
	"handover/job.py:_record_failure": "a failed job records the failure and keeps its completed chunks",
	"recording/numbering.py:number_documents": "a job that commits each batch, so that it can be started again",
	"chains/subject_results.py:refresh": "a job that commits each batch, so that it can be started again",
	"parties/key_index.py:rebuild_as_job": "a job that commits each batch, so that it can be started again",
	"integrations/frappe/mail_files.py:_store": "a command that commits each mail, so that it can be started again",
	"capture/backfill.py:run": "a job that commits each batch, so that it can be started again",
	"platform/search_index.py:rebuild": "a job that commits each batch, so that it can be started again",
	"visibility/rebuilding.py:run_as_job": "a job that commits each batch, so that it can be started again",
	"supervision/bulk_review.py:_end_if_due": "a job that commits each activity, so that it can be started again",
	"insight/paces.py:refresh": "a job that commits each batch, so that it can be started again",
	"insight/dossier/job.py:_run": "a job that commits its result, or its failure, before it reports it",
	"setup/leftovers.py:remove_traces": "Frappe commits the uninstall before its last hook",
}


def problems_of(rule) -> Iterator[tuple[str, int, str]]:
	"""Yield (file below the package, line, problem)."""
	for path in python_files():
		for line, problem in rule(tree(path), read(path).splitlines()):
			yield path.relative_to(PACKAGE).as_posix(), line, problem


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_python_code_follows_the_rule(rule):
	problems = [
		f"{file}:{line}: {problem}"
		for file, line, problem in problems_of(rule)
		if (file, problem) not in ALLOWED and not file.startswith(NOT_FOR.get(rule.__name__, "/"))
	]
	assert not problems, "\n".join(problems)


def test_every_exception_is_still_needed():
	rules = [rule for rule in RULES if rule.__name__ not in NOT_FOR]
	assert ALLOWED.keys() <= {(file, problem) for rule in rules for file, _line, problem in problems_of(rule)}


def test_commits_are_listed_with_a_reason():
	"""COMMITS has exactly the functions that end the transaction."""
	found = {
		f"{path.relative_to(PACKAGE).as_posix()}:{function}": read(path).splitlines()[line - 1]
		for path in python_files()
		for function, line in python_rules.commits(tree(path))
	}
	assert found.keys() == COMMITS.keys()
	bare = [place for place, line in found.items() if "#" not in line]
	assert not bare, "the line needs a comment with the reason"


def test_files_have_at_most_400_lines():
	files = [*python_files(), *javascript_files(), *PACKAGE.glob("public/**/*.css")]
	assert not [relative(path) for path in files if len(read(path).splitlines()) > 400]


def unset_dates(text: str) -> list[str]:
	"""Return conditions that ask whether a Date or Datetime is set: on PostgreSQL, Frappe 15 compares it with ""."""
	fields = [df for doctype in catalogue().own.values() for df in doctype["fields"]]
	dates = {df["fieldname"] for df in fields if df["fieldtype"] in ("Date", "Datetime")}
	pattern = rf"\b({'|'.join(dates)})\W+is\W*[\"',]\W*(not )?set\b"
	return [found[0] for found in re.finditer(pattern, text)]


def test_no_condition_asks_whether_a_date_is_set():
	folders = (PACKAGE, ROOT / "tests" / "site", ROOT / "tests" / "concurrency")
	files = [
		path
		for folder in folders
		for ext in ("py", "js", "json", "html")
		for path in folder.rglob(f"*.{ext}")
	]
	assert not {relative(path): found for path in files if (found := unset_dates(read(path)))}


@pytest.mark.parametrize(
	"condition",
	[
		'["next_step_on", "is", "not set"]',
		'{"closed_on": ("is", "set")}',
		r"{\"closed_on\": [\"is\", \"set\"]}",
		"started_on,is,not set",
	],
)
def test_conditions_that_ask_whether_a_date_is_set_are_found(condition):
	assert unset_dates(condition)
	assert not unset_dates(condition.replace("_on", "_by"))

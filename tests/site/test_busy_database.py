"""Locks and deadlocks are answered with a sentence that says how to go on (docs/requirements.md)."""

import frappe
import pytest
from frappe.utils import now_datetime

from crm_interactions.api import arguments
from crm_interactions.chains import bulk
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.handover import transfer
from crm_interactions.reminders import sent_log
from tests.site.factories import interaction

pytestmark = pytest.mark.records_only


@pytest.fixture
def other_connection():
	"""Return a second connection to the database; the test's own waits one second for its locks."""
	if frappe.db.db_type != "mariadb":
		pytest.skip("only MariaDB locks a series before its first number")
	mine = frappe.local.db
	frappe.connect(set_admin_as_user=False)
	other, frappe.local.db = frappe.local.db, mine
	frappe.db.sql("set innodb_lock_wait_timeout = 1")
	yield other
	frappe.db.sql("set innodb_lock_wait_timeout = default")
	other.rollback()
	other.close()


def test_an_insert_blocked_by_another_connection_asks_to_save_again(other_connection):
	series = f"INT-{now_datetime().year}-"
	other_connection.sql("select current from tabSeries where name = %s for update", series)
	frappe.clear_messages()
	with pytest.raises(ChangedMeanwhileError, match="Save again") as refused:
		interaction(party_type=None, party=None, direction="Incoming")
	assert isinstance(refused.value.__cause__, frappe.QueryTimeoutError)
	assert len(frappe.message_log) == 1
	other_connection.rollback()
	assert interaction(party_type=None, party=None, direction="Incoming").name


def test_other_errors_are_passed_on_unchanged():
	with pytest.raises(frappe.MandatoryError):
		interaction(title=None, interaction_type=None)
	doc = interaction()
	with pytest.raises(frappe.DuplicateEntryError):
		frappe.copy_doc(doc).insert(set_name=doc.name)


def given_up(*_args):
	raise frappe.QueryDeadlockError("Deadlock found when trying to get lock")


def given_up_in_other_words(*_args):
	"""Wrap the deadlock in a refusal, as some Frappe code does, for example notifications."""
	try:
		given_up()
	except Exception:
		frappe.throw("Error in a notification")


FAILING = pytest.mark.parametrize("failing", [given_up, given_up_in_other_words])


@FAILING
def test_a_deadlock_refuses_a_whole_bulk_request(failing):
	changed = []

	def change(_doctype, name):
		changed.append(name)
		if len(changed) == 2:
			failing()

	with pytest.raises(ChangedMeanwhileError, match="so nothing was saved"):
		bulk.change_each([("Interaction", name) for name in "abc"], change)
	assert changed == ["a", "b"]
	assert len(frappe.message_log) == 1


@FAILING
def test_a_method_refuses_a_deadlock_with_a_sentence(failing):
	with pytest.raises(ChangedMeanwhileError, match="Save again"):
		arguments.checked(failing)()


@FAILING
def test_a_hand_over_passes_a_deadlock_on_so_that_the_chunk_is_repeated(failing):
	with pytest.raises(ChangedMeanwhileError):
		transfer.attempt_transfer(failing, lambda reason: pytest.fail(reason), last=False)


@FAILING
def test_a_reminder_waits_for_the_next_run_after_a_deadlock(failing, monkeypatch):
	monkeypatch.setattr(frappe.db, "rollback", lambda save_point=None: None)
	assert sent_log.send_once({}, failing) is None

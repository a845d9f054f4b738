"""Somebody else is in the way of a save: the answer says what to do, in a sentence (design.md, methods)."""

import frappe
import pytest
from factories import interaction
from frappe.utils import now_datetime

from crm_interactions.api import arguments
from crm_interactions.chains import bulk
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.handover import transfer
from crm_interactions.reminders import sent_log

pytestmark = pytest.mark.records_only


@pytest.fixture
def somebody_else():
	"""Another connection; ours waits a second for it."""
	if frappe.db.db_type != "mariadb":
		pytest.skip("only MariaDB keeps others from a number that nobody has used yet")
	mine = frappe.local.db
	frappe.connect(set_admin_as_user=False)
	other, frappe.local.db = frappe.local.db, mine
	frappe.db.sql("set innodb_lock_wait_timeout = 1")
	yield other
	frappe.db.sql("set innodb_lock_wait_timeout = default")
	other.rollback()
	other.close()


def test_an_insert_that_somebody_else_is_in_the_way_of(somebody_else):
	series = f"INT-{now_datetime().year}-"
	somebody_else.sql("select current from tabSeries where name = %s for update", series)
	frappe.clear_messages()
	with pytest.raises(ChangedMeanwhileError, match="Save again") as refused:
		interaction(party_type=None, party=None, direction="Incoming")
	assert isinstance(refused.value.__cause__, frappe.QueryTimeoutError)
	assert len(frappe.message_log) == 1
	somebody_else.rollback()
	assert interaction(party_type=None, party=None, direction="Incoming").name


def test_other_errors_are_what_they_were():
	with pytest.raises(frappe.MandatoryError):
		interaction(title=None, interaction_type=None)
	doc = interaction()
	with pytest.raises(frappe.DuplicateEntryError):
		frappe.copy_doc(doc).insert(set_name=doc.name)


def given_up(*_args):
	raise frappe.QueryDeadlockError("Deadlock found when trying to get lock")


def given_up_in_other_words(*_args):
	"""Some of the platform's code tells of any error by a refusal of its own, a notification's for one."""
	try:
		given_up()
	except Exception:
		frappe.throw("Error in a notification")


FAILING = pytest.mark.parametrize("failing", [given_up, given_up_in_other_words])


@FAILING
def test_a_transaction_that_is_given_up_refuses_the_whole_of_a_bulk_request(failing):
	changed = []

	def change(_doctype, name):
		changed.append(name)
		if len(changed) == 2:
			failing()

	with pytest.raises(ChangedMeanwhileError, match="nothing of this was saved"):
		bulk.change_each([("Interaction", name) for name in "abc"], change)
	assert changed == ["a", "b"]
	assert len(frappe.message_log) == 1


@FAILING
def test_a_method_refuses_it_with_a_sentence(failing):
	with pytest.raises(ChangedMeanwhileError, match="Save again"):
		arguments.checked(failing)()


@FAILING
def test_a_hand_over_does_the_chunk_again(failing):
	with pytest.raises(ChangedMeanwhileError):
		transfer.attempt_transfer(failing, lambda reason: pytest.fail(reason), last=False)


@FAILING
def test_a_reminder_waits_for_the_next_run(failing, monkeypatch):
	monkeypatch.setattr(frappe.db, "rollback", lambda save_point=None: None)
	assert sent_log.send_once({}, failing) is None

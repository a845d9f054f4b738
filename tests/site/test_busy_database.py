"""Somebody else is in the way of a save: the answer says what to do, in a sentence (design.md, methods)."""

import frappe
import pytest
from factories import interaction
from frappe.utils import now_datetime

from crm_interactions.exceptions import ChangedMeanwhileError

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

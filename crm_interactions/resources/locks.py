"""Locks on resources: after the chain (chains/locks.py), in the order of names, until the transaction ends.

The locks make bookings of a resource wait for each other. `take_turn` precedes Frappe's locking read of the document.
In MariaDB that read also locks the index gap beside the document, which neighbouring documents share: a transaction
that held the gap while waiting for a room would deadlock with the transaction that holds the room.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from crm_interactions.exceptions import ChangedMeanwhileError

RESOURCE = "Meeting Resource"
# Postgres' SQLSTATE for "could not serialize access due to concurrent update"; Frappe has no exception for it
SERIALIZATION_FAILURE = "40001"
DUPLICATE, SERIES_KEY = "23505", "tabSeries_pkey"


@contextmanager
def take_turn(doc):
	"""Lock an activity's resources until the transaction ends, then run the block; without resources, lock nothing.

	Raises: ChangedMeanwhileError, with a message, for a deadlock or lock timeout in either, if there are resources.
	"""
	names = {row.resource for row in doc.get("resources") or [] if row.resource}
	try:
		table = frappe.qb.DocType(RESOURCE)
		if frappe.db.db_type == "sqlite":
			# SQLite locks no rows: the first write locks the whole database, and later reads are current
			touch_resources(names)
		for name in sorted(names):
			frappe.qb.from_(table).select(table.name).where(table.name == name).for_update().run()
		yield
	except Exception as error:
		if not (names and came_second(error)):
			raise
		raise _booked_meanwhile() from error


def touch_resources(names: set[str]) -> None:
	"""Write the present values of resources that are about to be booked, which locks them; `modified` stays.

	A Postgres transaction keeps reading the state at its start. Postgres refuses this write if another transaction has
	written since, which prevents a booking based on outdated data; a lock alone doesn't.
	"""
	table = frappe.qb.DocType(RESOURCE)
	for name in sorted(names):
		frappe.qb.update(table).set(table.disabled, table.disabled).where(table.name == name).run()


def came_second(error: BaseException) -> bool:
	"""Return whether another transaction had precedence.

	That is a deadlock, a lock timeout, a serialization failure or, on PostgreSQL, the first number of a series, which
	Frappe inserts without waiting for other transactions that insert it.
	"""
	if isinstance(error, frappe.QueryTimeoutError | frappe.QueryDeadlockError):
		return True
	code = getattr(error, "pgcode", None)
	return code == SERIALIZATION_FAILURE or (code == DUPLICATE and error.diag.constraint_name == SERIES_KEY)


def _booked_meanwhile() -> ChangedMeanwhileError:
	text = _("Another user has just booked one of these resources. Save again to see which are still free.")
	frappe.msgprint(text, title=_("Booked Meanwhile"), indicator="red")
	return ChangedMeanwhileError(text)

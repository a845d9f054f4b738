"""Who books a resource holds it: after the chain (chains/locks.py), in the order of names, until the transaction ends.

Bookings of one resource are made one after the other. `turn` is taken before the document is read: the platform reads
it with a lock, and MariaDB then keeps the place in the table's index where its next row would go, which is the same
place for neighbours; who held that while waiting for a room would be waited for by the one who has the room.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from crm_interactions.exceptions import ChangedMeanwhileError

RESOURCE = "Meeting Resource"
# Postgres' SQLSTATE for "could not serialize access due to concurrent update"; the platform has no exception for it
SERIALIZATION_FAILURE = "40001"


@contextmanager
def take_turn(doc):
	"""Save an activity when it is its turn to book what it names; without resources there is nothing to wait for.

	Raises: ChangedMeanwhileError where somebody else keeps one for too long, or the database let him go first.
	"""
	names = {row.resource for row in doc.get("resources") or [] if row.resource}
	try:
		table = frappe.qb.DocType(RESOURCE)
		if frappe.db.db_type == "sqlite":
			touch_resources(
				names
			)  # it locks no rows: whoever writes first has the whole database, and reads what is there now
		for name in sorted(names):
			frappe.qb.from_(table).select(table.name).where(table.name == name).for_update().run()
		yield
	except Exception as error:
		if not (names and came_second(error)):
			raise
		raise _booked_meanwhile() from error


def touch_resources(names: set[str]) -> None:
	"""Write to the records of resources that are about to be booked, without changing them.

	Postgres' transactions go on seeing what was there when they began. It refuses this where another transaction has
	written since, and so keeps one from booking by an old picture; a lock alone would let it.
	"""
	table = frappe.qb.DocType(RESOURCE)
	for name in sorted(names):
		frappe.qb.update(table).set(table.disabled, table.disabled).where(table.name == name).run()


def came_second(error: BaseException) -> bool:
	"""Tell whether the database let another transaction go first: a deadlock, or a lock that took too long."""
	if isinstance(error, frappe.QueryTimeoutError | frappe.QueryDeadlockError):
		return True
	return getattr(error, "pgcode", None) == SERIALIZATION_FAILURE


def _booked_meanwhile() -> ChangedMeanwhileError:
	text = _("Somebody else booked one of these resources just now. Save again to see what is still free.")
	frappe.msgprint(text, title=_("Booked Meanwhile"), indicator="red")
	return ChangedMeanwhileError(text)

"""Who books a resource holds it: after the chain (chains/locks.py), in the order of names, until the transaction ends.

Bookings of one resource are made one after the other. Held is its record, by an UPDATE that changes nothing: MariaDB locks
the row and then reads the latest bookings with a lock. Postgres, whose transactions go on seeing what was there when
they began, refuses the UPDATE when another transaction has held the row since; a lock without writing would let
it book by an old picture. SQLite lets one connection write and refuses the other's.
"""

from functools import wraps

import frappe
from frappe import _

from crm_interactions.exceptions import ChangedMeanwhileError

RESOURCE = "Meeting Resource"
# Postgres' SQLSTATE for "could not serialize access due to concurrent update"; the platform has no exception for it
SERIALIZATION_FAILURE = "40001"


def clearly(function):
	"""Let a function that books say what it means that the database let somebody else go first."""

	@wraps(function)
	def said(*args, **kwargs):
		try:
			return function(*args, **kwargs)
		except Exception as error:
			if not _came_second(error):
				raise
			raise _booked_meanwhile() from error

	return said


@clearly
def hold(names: set[str]) -> None:
	"""Hold resources until the transaction ends; one that isn't there is left to the platform's link check.

	Raises: ChangedMeanwhileError where somebody else keeps one for too long, or was first.
	"""
	table = frappe.qb.DocType(RESOURCE)
	for name in sorted(names):
		frappe.qb.update(table).set(table.disabled, table.disabled).where(table.name == name).run()


def _came_second(error: Exception) -> bool:
	if isinstance(error, frappe.QueryTimeoutError | frappe.QueryDeadlockError):
		return True
	return getattr(error, "pgcode", None) == SERIALIZATION_FAILURE


def _booked_meanwhile() -> ChangedMeanwhileError:
	text = _("Somebody else booked one of these resources just now. Save again to see what is still free.")
	frappe.msgprint(text, title=_("Booked Meanwhile"), indicator="red")
	return ChangedMeanwhileError(text)

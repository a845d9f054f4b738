"""Who changes a chain holds it: chains first, in the order of their names, then rows, then documents.

Everybody keeps to that order, so that two who want the same chains wait for each other instead of blocking each
other. Under MariaDB's and Postgres' repeatable reads an ordinary SELECT shows what was there when the transaction
began; only what is read with a lock is what is there now.
"""

from functools import wraps

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.resources.locks import came_second

CHAIN = "Interaction Chain"
FIELDS = (
	"name",
	"creation",
	"title",
	"status",
	"merged_into",
	"party_type",
	"party",
	"responsible",
	"subject_type",
	"subject",
	"next_step_on",
	"activity_count",
)


def take_turn() -> None:
	"""Begin a request that writes; on SQLite as the one writer, with what is there now, and others wait.

	It locks no rows, and refuses at once to write after reading what somebody else has changed since. What the platform
	read before us may be over by then.
	"""
	if frappe.db.db_type == "sqlite" and not frappe.db.transaction_writes:
		frappe.db.rollback()  # of reads alone
		_write_nothing("")


def begin_anew() -> None:
	"""Start a new transaction in a request that has only read, so that its next locks read the latest data.

	Server code goes on in its own transaction: the platform's count of writes starts anew after a rollback to a
	savepoint, so it doesn't say whether anything would be lost.
	"""
	if frappe.request and not frappe.db.transaction_writes:
		frappe.db.rollback()  # of reads alone


def hold_chains(*names: str | None) -> list[dict]:
	"""Lock chains until the transaction ends; return their latest versions in the order that was asked for.

	Raises: DoesNotExistError; ChangedMeanwhileError where somebody else keeps them for too long.
	"""
	wanted = sorted({name for name in names if name})
	try:
		found = {name: _read(name) for name in wanted}
	except (frappe.QueryTimeoutError, frappe.QueryDeadlockError) as error:
		raise changed_meanwhile() from error
	return [found[name] for name in names if name]


def hold_chain(name: str) -> dict:
	return hold_chains(name)[0]


def explain_conflicts(function):
	"""Let a function that changes chains say what a deadlock or a timeout means to people."""
	return _saying(function, changed_meanwhile)


def explain_save_conflicts(function):
	"""The same for a whole save: the platform writes the document itself, and others may be in its way there too."""
	return _saying(function, not_saved)


def find_chain(name: str) -> dict | None:
	"""Return the chain that a number leads to, without holding it."""
	chain, seen = None, set()
	while name and name not in seen:
		seen.add(name)
		chain = frappe.db.get_value(CHAIN, name, FIELDS, as_dict=True)
		name = chain["merged_into"] if chain and chain["status"] == "Merged" else None
	return chain


def hold_chain_if_exists(name: str) -> None:
	"""Lock a chain that a document names; one that has gone meanwhile is the document's own problem."""
	try:
		_begin(name)
		frappe.db.get_value(CHAIN, name, "name", for_update=True)
	except (frappe.QueryTimeoutError, frappe.QueryDeadlockError) as error:
		raise changed_meanwhile() from error


def hold_followed(name: str) -> dict:
	"""Lock the chain that a number leads to: where it was merged, the one that it was merged into."""
	chain = hold_chain(name)
	seen = {name}
	while chain["status"] == "Merged" and chain["merged_into"] and chain["merged_into"] not in seen:
		seen.add(chain["merged_into"])
		chain = hold_chain(chain["merged_into"])
	return chain


def changed_meanwhile() -> ChangedMeanwhileError:
	"""Return the refusal for what somebody else changed at the same moment."""
	return _told(_("Somebody else changed this chain just now. Reload to see it, and try again."))


def not_saved() -> ChangedMeanwhileError:
	"""Return the refusal for a save that others were in the way of; the form still has what was typed."""
	return _told(_("Others were saving at the same moment, so nothing of this was saved. Save again."))


def is_given_up(error: BaseException | None) -> bool:
	"""Tell whether the database has given up the transaction, whichever exception says so by now."""
	while error:
		if isinstance(error, ChangedMeanwhileError) or came_second(error):
			return True
		error = error.__cause__ or error.__context__
	return False


def _told(text: str) -> ChangedMeanwhileError:
	frappe.msgprint(text, title=_("Changed Meanwhile"), indicator="red")
	return ChangedMeanwhileError(text)


def _saying(function, refusal):
	@wraps(function)
	def said(*args, **kwargs):
		try:
			return function(*args, **kwargs)
		except Exception as error:
			if isinstance(error, ChangedMeanwhileError) or not is_given_up(error):
				raise
			raise refusal() from error

	return said


def _begin(name: str) -> None:
	"""SQLite locks no rows: it begins a transaction with the first write, and what was read before may be over by then.

	So write first, without changing anything; one at a time may.
	"""
	if frappe.db.db_type == "sqlite":
		_write_nothing(name)


def _write_nothing(name: str) -> None:
	table = frappe.qb.DocType(CHAIN)
	frappe.qb.update(table).set(table.modified, table.modified).where(table.name == name).run()


def _read(name: str) -> dict:
	_begin(name)
	chain = frappe.db.get_value(CHAIN, name, FIELDS, as_dict=True, for_update=True)
	if not chain:
		frappe.throw(
			_("There is no chain {0}. Reload, or choose another one.").format(bold(name)),
			frappe.DoesNotExistError,
		)
	return chain

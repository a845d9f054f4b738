"""Locks on chains. Order of locks: chains by name, then journal rows, then documents.

The fixed order lets transactions that need the same chains wait for each other instead of deadlocking. Under repeatable
reads (MariaDB, Postgres) a plain SELECT shows the state at the start of the transaction; only a locking read shows the
latest state.
"""

from functools import wraps

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.resources.locks import came_second

CHAIN = "Interaction Chain"
FIELDS = (
	*("name", "creation", "title", "status", "merged_into", "party_type", "party", "responsible"),
	*("subject_type", "subject", "next_step_on", "activity_count"),
	*("turn", "turn_since", "slow", "slow_reason", "slow_limit"),
	*("result", "result_on", "result_amount", "result_currency", "result_from_subject"),
)


def restart_transaction() -> None:
	"""Roll back a request that has only read, releasing its locks, so that its next locks read the latest data.

	After a write or outside a request, the call does nothing. Frappe resets its count of writes after a rollback to a
	savepoint, so the count of a job doesn't prove that nothing would be lost.
	"""
	if frappe.request and not frappe.db.transaction_writes:
		frappe.db.rollback()  # discards reads only


def hold_chains(*names: str | None) -> list[dict]:
	"""Lock chains, in name order, until the transaction ends; return their latest `FIELDS` in the order of `names`.

	Raises: DoesNotExistError; ChangedMeanwhileError after a deadlock or a lock timeout. Empty names are skipped.
	"""
	wanted = sorted({name for name in names if name})
	try:
		found = {name: _read(name) for name in wanted}
	except (frappe.QueryTimeoutError, frappe.QueryDeadlockError) as error:
		raise changed_meanwhile() from error
	return [found[name] for name in names if name]


def hold_chain(name: str) -> dict:
	"""Lock a chain, without following merges, and return its latest `FIELDS`; errors as in `hold_chains`."""
	return hold_chains(name)[0]


def explain_conflicts(function):
	"""Decorate a function that changes chains: a deadlock or lock timeout raises `changed_meanwhile()`."""
	return _replacing_aborts(function, changed_meanwhile)


def explain_save_conflicts(function):
	"""Decorate a whole save: a deadlock or lock timeout, also in Frappe's own writes, raises `not_saved()`."""
	return _replacing_aborts(function, not_saved)


def find_chain(name: str) -> dict | None:
	"""Return `FIELDS` of the chain that a number leads to through merges, without a lock; None if there is none."""
	chain, seen = None, set()
	while name and name not in seen:
		seen.add(name)
		chain = frappe.db.get_value(CHAIN, name, FIELDS, as_dict=True)
		name = chain["merged_into"] if chain and chain["status"] == "Merged" else None
	return chain


def hold_chain_if_exists(name: str) -> None:
	"""Lock a chain if it exists, without following merges; ChangedMeanwhileError after a deadlock or lock timeout."""
	try:
		_begin_write(name)
		frappe.db.get_value(CHAIN, name, "name", for_update=True)
	except (frappe.QueryTimeoutError, frappe.QueryDeadlockError) as error:
		raise changed_meanwhile() from error


def hold_followed(name: str) -> dict:
	"""Lock the chain that a number leads to through merges, and those on the way; return and raise as `hold_chain`."""
	chain = hold_chain(name)
	seen = {name}
	while chain["status"] == "Merged" and chain["merged_into"] and chain["merged_into"] not in seen:
		seen.add(chain["merged_into"])
		chain = hold_chain(chain["merged_into"])
	return chain


def roll_back(savepoint: str) -> None:
	"""Roll back to a savepoint, and drop all messages of the request so far."""
	frappe.db.rollback(save_point=savepoint)
	frappe.clear_messages()


def changed_meanwhile() -> ChangedMeanwhileError:
	"""Show a message that another user changed the chain at the same moment; return the error to raise."""
	return _show_error(_("Another user has just changed this chain. Reload the page and try again."))


def not_saved() -> ChangedMeanwhileError:
	"""Show a message that other users' saves blocked this save; return the error to raise."""
	return _show_error(_("Other users were saving at the same moment, so nothing was saved. Save again."))


def is_given_up(error: BaseException | None) -> bool:
	"""Check an error and its causes for a deadlock, lock timeout, serialization failure or ChangedMeanwhileError."""
	while error:
		if isinstance(error, ChangedMeanwhileError) or came_second(error):
			return True
		error = error.__cause__ or error.__context__
	return False


def _show_error(text: str) -> ChangedMeanwhileError:
	frappe.msgprint(text, title=_("Changed Meanwhile"), indicator="red")
	return ChangedMeanwhileError(text)


def _replacing_aborts(function, make_error):
	@wraps(function)
	def wrapper(*args, **kwargs):
		try:
			return function(*args, **kwargs)
		except Exception as error:
			if isinstance(error, ChangedMeanwhileError) or not is_given_up(error):
				raise
			raise make_error() from error

	return wrapper


def _begin_write(name: str) -> None:
	"""Make the transaction SQLite's writer with a no-op write, since reads before the first write may be outdated."""
	if frappe.db.db_type == "sqlite":
		_write_nothing(name)


def _write_nothing(name: str) -> None:
	table = frappe.qb.DocType(CHAIN)
	frappe.qb.update(table).set(table.modified, table.modified).where(table.name == name).run()


def _read(name: str) -> dict:
	_begin_write(name)
	chain = frappe.db.get_value(CHAIN, name, FIELDS, as_dict=True, for_update=True)
	if not chain:
		frappe.throw(
			_("Chain {0} doesn't exist. Reload the page, or choose another chain.").format(bold(name)),
			frappe.DoesNotExistError,
		)
	return chain

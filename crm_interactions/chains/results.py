"""Result of a chain: won, lost or no decision; of a claim resolved or not resolved (R21).

The subject's status decides where the settings say how (`subject_results`); otherwise the user who closes the chain.
"""

from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import flt, now

from crm_interactions.chains import locks, log
from crm_interactions.controllers.validation import LARGEST_AMOUNT, bold, fits

WON, LOST, NO_DECISION = DEAL = ("Won", "Lost", "No Decision")
RESOLVED, NOT_RESOLVED = CLAIM = ("Resolved", "Not Resolved")
RESULTS = (*DEAL, *CLAIM)


@dataclass(frozen=True)
class Result:
	"""One of `RESULTS`, with an amount in a currency, both None if unknown; `parse` checks what a user sends."""

	result: str | None
	amount: float | str | None = None
	currency: str | None = None


def parse(chain: dict, possible: tuple[str, ...], given: Result | None) -> Result | None:
	"""Return the result that a user gives a chain, or None; an amount without a currency is in the site's.

	Args:
		chain: a dict of `locks.FIELDS`.
		possible: the results that the chain can have.
		given: the values as sent; the amount may be text.

	Raises: ValidationError for another result, for one that differs from the subject's, for an amount without a result,
		and for one that isn't a number from 0 to `LARGEST_AMOUNT`; MandatoryError without a currency;
		DoesNotExistError for an unknown one.
	"""
	if not given or not given.result:
		if given and (given.amount or given.currency):
			frappe.throw(_("An amount needs a result. Choose the result of the chain, too."))
		return None
	if chain["result_from_subject"] and given.result != chain["result"]:
		frappe.throw(
			_("{0} gives the chain the result {1}. Change the status of {0} instead.").format(
				bold(chain["subject"]), bold(_(chain["result"]))
			)
		)
	if given.result not in possible:
		frappe.throw(
			_("{0} is no result of this chain. Choose one of: {1}.").format(
				bold(given.result), ", ".join(_(one) for one in possible)
			)
		)
	return Result(given.result, *_parse_amount(given.amount, given.currency))


def values_of(found: Result | None, moment: datetime | str | None, *, from_subject: bool = False) -> dict:
	"""Return the fields of a chain for a result; all empty for None."""
	return {
		"result": found.result if found else None,
		"result_on": moment if found else None,
		"result_amount": (found.amount or 0) if found else 0,
		"result_currency": found.currency if found else None,
		"result_from_subject": int(bool(found) and from_subject),
	}


def follow_subject(chain: dict, found: Result | None, moment: datetime | None = None) -> bool:
	"""Write the result that a locked chain's subject gives, and log a change; update `chain` in place.

	Returns whether anything changed.

	A subject that gives none clears the result that a subject gave before, not one that a user chose. The time of the
	result is `moment`, by default now; it stays if only the amount changes.
	"""
	if not found and not chain["result_from_subject"]:
		return False
	is_same = found and found.result == chain["result"]
	values = values_of(found, chain["result_on"] if is_same else moment or now(), from_subject=True)
	if all((chain[field] or None) == (value or None) for field, value in values.items()):
		return False
	if not is_same:
		log.write_entry(
			"Result", chain["name"], result_before=chain["result"] or None, result_after=values["result"]
		)
	frappe.db.set_value(locks.CHAIN, chain["name"], values)
	chain.update(values)
	return True


def _parse_amount(amount, currency: str | None) -> tuple[float | None, str | None]:
	number = _number(amount)
	if number is None or not 0 <= number <= LARGEST_AMOUNT or not fits(number):
		frappe.throw(
			_("{0} is no amount. Enter a number from 0 to {1}.").format(bold(amount), f"{LARGEST_AMOUNT:,}")
		)
	if not number:
		return None, None
	currency = currency or frappe.defaults.get_global_default("currency")
	if not currency:
		frappe.throw(_("The amount has no currency. Choose one."), frappe.MandatoryError)
	if not frappe.db.exists("Currency", currency):
		frappe.throw(
			_("There is no currency {0}. Choose another one.").format(bold(currency)),
			frappe.DoesNotExistError,
		)
	return number, currency


def _number(amount) -> float | None:
	try:
		return flt(float(amount or 0), 9)
	except (TypeError, ValueError):
		return None

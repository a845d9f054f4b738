"""Results that subjects give their chains: an ordered quotation means won, a resolved issue resolved (R21).

A row of the settings' subject types names the status field, the values that decide, and the amount field.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import create_batch

from crm_interactions.activities import options
from crm_interactions.chains import locks, plan_runs, results, slowness
from crm_interactions.chains.results import CLAIM, DEAL, RESULTS, Result
from crm_interactions.controllers.validation import bold
from crm_interactions.journal.configured_sources import field_problem, split_lines
from crm_interactions.platform.write_turn import take_turn

JOB = "crm_interactions.chains.subject_results.refresh"
BATCH = 50  # other transactions may wait for the current batch
KINDS = {"status_field": ("Select", "Link", "Data"), "amount_field": ("Currency", "Float", "Int")}
# setting → result of a deal and of a claim
VALUES = {
	"won_values": (DEAL[0], CLAIM[0]),
	"lost_values": (DEAL[1], CLAIM[1]),
	"undecided_values": (DEAL[2], None),
}


def validate(row) -> None:
	"""Check the fields and values of a row of the settings' subject types.

	Raises: ValidationError naming the row, for an unsuitable field, and for values without a field or listed twice.
	"""
	meta = options.meta_of(row.subject_type)
	for setting, kinds in KINDS.items():
		if meta and row.get(setting):
			_refuse(row, field_problem(meta, row.meta.get_label(setting), row.get(setting), kinds))
	values = [value for setting in VALUES for value in split_lines(row.get(setting))]
	if values and not row.status_field:
		_refuse(row, _("The values need a status field."))
	for value in values:
		if values.count(value) > 1:
			_refuse(row, _("{0} is listed twice.").format(bold(value)))


def possible_results(chain: dict) -> tuple[str, ...]:
	"""Return the results that a chain can have: those of its subject's type, or all of them without a subject."""
	if not chain["subject"]:
		return RESULTS
	row = _row_of(chain["subject_type"])
	return CLAIM if row and row.is_claim else DEAL


def describe(chain: dict) -> dict:
	"""Return what a dialog that closes a chain needs: `results`, those to choose from, none if the subject has decided.

	`chain` is a dict of `locks.FIELDS`; with `subject_type` and `subject`, the chain's result and its amount.
	"""
	decided = {
		field: chain[field]
		for field in ("result", "result_amount", "result_currency", "subject_type", "subject")
	}
	return {"results": [] if chain["result_from_subject"] else [*possible_results(chain)], **decided}


def read(subject_type: str | None, subject: str | None) -> Result | None:
	"""Return the result that a stored subject gives, without a check of rights; None if its status decides nothing."""
	row = _row_of(subject_type)
	if not subject or not row or not row.status_field:
		return None
	doc = frappe.db.get_value(subject_type, subject, "*", as_dict=True)
	result = _result_of(row, doc.get(row.status_field)) if doc else None
	return Result(result, *_amount_of(row, doc)) if result else None


def follow(doc) -> None:
	"""Write the result that a saved subject gives to its chains, except merged ones, and log it."""
	row = _row_of(doc.doctype)
	if row and row.status_field:
		_refresh(doc.doctype, doc.name)


def follow_new_subject(chain: dict) -> None:
	"""Write the result that the new subject of a locked chain gives, or clear that of the former one."""
	_write(chain, read(chain["subject_type"], chain["subject"]))


def queue_refresh(subject_type: str) -> None:
	"""Queue the job that reads all subjects of a type again, after its row of the settings changed."""
	frappe.enqueue(
		JOB,
		queue="long",
		job_id=f"{JOB}:{subject_type}",
		deduplicate=True,
		enqueue_after_commit=True,
		subject_type=subject_type,
	)


def refresh(subject_type: str) -> None:
	"""Write the results of all chains about subjects of a type, logging changes; commit each batch."""
	subjects = frappe.get_all(
		locks.CHAIN,
		{"subject_type": subject_type, "status": ("!=", "Merged")},
		pluck="subject",
		distinct=True,
		order_by="subject",
	)
	for batch in create_batch(subjects, BATCH):
		take_turn()
		for subject in batch:
			# the subject was decided before, at its last change at the latest
			_refresh(subject_type, subject, frappe.db.get_value(subject_type, subject, "modified"))
		frappe.db.commit()  # in a job: a restart repeats the steps, which changes nothing


def _refuse(row, reason: str | None) -> None:
	if reason:
		frappe.throw(
			_("Row {0} of Subject Types: {1} Correct the row.").format(row.idx, reason),
			title=_("Check the Subject Types"),
		)


def _refresh(subject_type: str, subject: str, moment: datetime | None = None) -> None:
	about = {"subject_type": subject_type, "subject": subject, "status": ("!=", "Merged")}
	names = frappe.get_all(locks.CHAIN, about, pluck="name", order_by="name")
	found = read(subject_type, subject) if names else None
	for name in names:
		_write(locks.hold_chain(name), found, moment)


def _write(chain: dict, found: Result | None, moment: datetime | None = None) -> None:
	if results.follow_subject(chain, found, moment):
		if found:
			plan_runs.end_all(chain["name"])
		# a chain with a result isn't slow for its age
		slowness.refresh(chain["name"])


def _row_of(subject_type: str | None):
	rows = options.settings().subject_types if subject_type else ()
	return next((row for row in rows if row.subject_type == subject_type), None)


def _result_of(row, status: str | None) -> str | None:
	for field, (of_deal, of_claim) in VALUES.items():
		if status and status in split_lines(row.get(field)):
			return of_claim if row.is_claim else of_deal
	return None


def _amount_of(row, doc) -> tuple[float | None, str | None]:
	"""Return amount and currency; none for a field above level 0, as all readers of the chain see them."""
	df = frappe.get_meta(row.subject_type).get_field(row.amount_field) if row.amount_field else None
	amount = doc.get(row.amount_field) if df and not df.permlevel else None
	currency = _currency_of(df, doc) if amount else None
	return (amount, currency) if currency else (None, None)


def _currency_of(df, doc) -> str | None:
	"""Return the currency of an amount: its options are a field, or "Company:company:default_currency"."""
	doctype, _colon, rest = (df.options or "").partition(":")
	link, _colon, field = rest.partition(":")
	if field:
		found = doc.get(link) and frappe.get_cached_value(doctype, doc.get(link), field)
	else:
		found = doc.get(doctype) if doctype else None
	return found or frappe.defaults.get_global_default("currency")

"""Capturing of a document: once read, its exchange is refused, filed as an Interaction, or listed to be assigned."""

from dataclasses import replace

import frappe

from crm_interactions.activities import options
from crm_interactions.capture import matching, policy, records, refused, sources
from crm_interactions.capture.exchange import MAIL, Exchange, Reference, Refusal

SAVEPOINT = "crm_capture_document"


def capture_document(doctype: str, name: str) -> dict | None:
	"""Read and capture a document; see `capture.capture`."""
	source = (doctype, name)
	if known := records.find(source):
		return known
	if refused.is_refused(source):
		return None
	return capture_exchange(source, sources.read(doctype, name))


def foresee(doctype: str, name: str) -> str:
	"""Return what a document would become: Interaction, Captured Item, or the reason for its refusal."""
	found = sources.read(doctype, name)
	if isinstance(found, Exchange):
		if not policy.is_on(found.medium, found.account):
			return refused.NOT_CAPTURED
		if known := records.find_by_key(found.key):
			return known["doctype"]
		found = _judge(found)
	if isinstance(found, Refusal):
		return found.reason
	if found is None:
		return refused.NOT_CAPTURED
	return records.INTERACTION if matching.find_match(found, found.outside()).party else records.ITEM


def capture_safely(doctype: str, name: str) -> dict | None:
	"""Capture a document within the request that made it; an error is logged, and the document stays.

	Returns: as `capture.capture`; None after an error.

	A deadlock ends the whole transaction, so it is raised.
	"""
	frappe.db.savepoint(SAVEPOINT)
	logged, record = len(frappe.local.message_log), None
	try:
		record = capture_document(doctype, name)
	except frappe.QueryDeadlockError:
		raise
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.log_error(title="A document was not captured", reference_doctype=doctype, reference_name=name)
	# the user asked for something else
	del frappe.local.message_log[logged:]
	return record


def capture_exchange(source: Reference, found: Exchange | Refusal | None) -> dict | None:
	"""Capture a document as its adapter has read it; returns as `capture.capture`."""
	if isinstance(found, Exchange):
		if not policy.is_on(found.medium, found.account):
			return None
		if known := records.find_by_key(found.key):
			return known
		found = _judge(found)
	if isinstance(found, Refusal):
		refused.count(source, found)
	return _file(source, found) if isinstance(found, Exchange) else None


def _judge(exchange: Exchange) -> Exchange | Refusal:
	"""Return the exchange without excluded people, or the reason to refuse it."""
	outside = exchange.outside()
	if not outside:
		return Refusal(refused.INTERNAL, exchange.address)
	excluded = policy.find_excluded({*outside, *(person.address for person in exchange.people)})
	left = [address for address in outside if address not in excluded]
	if not left or _sender(exchange) in excluded:
		return Refusal(refused.EXCLUDED)
	only_answers = exchange.medium == MAIL and policy.mail_mode(exchange.account) == policy.ANSWERS
	if only_answers and not matching.is_known_thread(exchange):
		return Refusal(refused.NO_ANSWER, exchange.address)
	people = tuple(person for person in exchange.people if person.address not in excluded)
	return replace(exchange, address=left[0], people=people)


def _sender(exchange: Exchange) -> str:
	return exchange.people[0].address if exchange.people else exchange.address


def _file(source: Reference, exchange: Exchange) -> dict | None:
	match = matching.find_match(exchange, exchange.outside())
	if match.party:
		record = records.insert_interaction(exchange, match)
		sources.after_capture(source, record["name"])
		return record
	if records.items_today(exchange.address) >= options.settings().capture_limit:
		refused.count(source, Refusal(refused.LIMIT, exchange.address))
		return None
	return records.insert_item(exchange, match.contact)

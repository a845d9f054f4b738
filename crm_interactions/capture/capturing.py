"""Capturing of a document: once read, its exchange is refused, filed as an Interaction, or listed to be assigned."""

from dataclasses import replace

import frappe

from crm_interactions.activities import options
from crm_interactions.capture import filing, matching, policy, records, refused, sources, updating
from crm_interactions.capture.exchange import MAIL, SMS, Exchange, Match, Reference, Refusal
from crm_interactions.chains import locks

SAVEPOINT = "crm_capture_document"
# documents that change after they were captured
CHANGING = ("Call Log", "CRM Call Log")


def capture_document(doctype: str, name: str) -> dict | None:
	"""Read and capture a document; see `capture.capture`."""
	source = (doctype, name)
	if known := records.find(source):
		return _update(known, source)
	if (reason := refused.find_reason(source)) and reason != refused.DUPLICATE:
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
		found = judge(found)
	if isinstance(found, Refusal):
		return found.reason
	if found is None:
		return refused.NOT_CAPTURED
	return records.INTERACTION if _match(found)[1].party else records.ITEM


def _update(record: dict, source: Reference) -> dict:
	"""Update the record of a call by its log, whose text, length and recording may come late."""
	if source[0] in CHANGING:
		found = sources.read(*source)
		if isinstance(found, Exchange) and policy.is_on(found.medium):
			updating.update_record(record, found)
	return record


def capture_safely(doctype: str, name: str) -> dict | None:
	"""Capture a document within the request that made it; an error is logged, and the document stays.

	Returns: as `capture.capture`; None after an error.

	A deadlock ends the whole transaction, so it is raised, as a lock timeout.
	"""
	frappe.db.savepoint(SAVEPOINT)
	logged, record = len(frappe.local.message_log), None
	try:
		record = capture_document(doctype, name)
	except Exception as error:
		if locks.is_given_up(error):
			raise
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
			if not refused.find_reason(source):
				refused.count(source, Refusal(refused.DUPLICATE, found.address))
			return known
		found = judge(found)
	record = file_judged(found, source) if found else None
	return None if isinstance(record, Refusal) else record


def judge(exchange: Exchange) -> Exchange | Refusal:
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
	"""Return the address of the sender, whose exclusion covers the whole exchange; a recipient is only left out."""
	if not exchange.people:
		return exchange.address
	return next((person.address for person in exchange.people if person.field == "From"), "")


def file_judged(found: Exchange | Refusal, source: Reference | None) -> dict | Refusal:
	"""File an exchange as an Interaction or list it as a Captured Item; count a refused one, and return the refusal."""
	if isinstance(found, Exchange):
		exchange, match = _match(found)
		if match.party:
			return filing.file_interaction(exchange, match)
		if records.items_today(exchange.address) < options.settings().capture_limit:
			return records.insert_item(exchange, match.contact)
		found = Refusal(refused.LIMIT, exchange.address)
	refused.count(source, found)
	return found


def _match(exchange: Exchange) -> tuple[Exchange, Match]:
	"""Return an exchange and its match; of a message to several numbers, the first number with a partner is its own."""
	outside = exchange.outside()
	if exchange.medium != SMS or len(outside) < 2:
		return exchange, matching.find_match(exchange, outside)
	for address in outside:
		match = matching.find_match(exchange, [address])
		if match.party:
			theirs = matching.find_contacts_of((match.party_type, match.party), outside)
			return replace(exchange, address=address), replace(match, contacts=theirs)
	return exchange, Match()

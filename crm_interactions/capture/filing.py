"""Filing of exchanges with a partner: the interaction, its place in the document's timeline, and a call back."""

from crm_interactions.capture import call_backs, records, sources, updating
from crm_interactions.capture.exchange import CALL, Exchange, Match


def file_interaction(exchange: Exchange, match: Match) -> dict:
	"""Insert the Interaction of an exchange once, link its document to it, and plan the call back of a missed call.

	Returns: type and name of the record; another transaction may have inserted a Captured Item for the same key.
	"""
	record, is_new = records.insert_interaction(exchange, match)
	if is_new:
		sources.after_capture(exchange.source, record["name"])
		if exchange.medium == CALL:
			updating.remember(record["name"], exchange)
			call_backs.plan_safely(record["name"])
	return record

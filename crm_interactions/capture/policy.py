"""Policy: which exchanges the settings capture, and which people are excluded (privacy)."""

import re
from collections.abc import Iterable

import frappe

from crm_interactions.activities import options
from crm_interactions.capture.exchange import CALL, MAIL, SMS
from crm_interactions.capture.people import without_tag
from crm_interactions.parties import contact_keys, key_index
from crm_interactions.parties.countries import list_regions
from crm_interactions.parties.phone_match import contact_key

NOTHING, ANSWERS, KNOWN = "Nothing", "Answers Only", "Known Contacts"
EXCLUSION = "Capture Exclusion"
DO_NOT_RECORD = "do_not_record"
# its digits are no phone number, as in pumps-55501234.example
DOMAIN = re.compile(r"([\w-]+\.)+[^\W\d_][\w-]*")
# document type → medium
MEDIA = {"Communication": MAIL, "SMS Log": SMS, "Call Log": CALL, "CRM Call Log": CALL}
CHECKS = {CALL: "capture_calls", SMS: "capture_sms"}


def mail_mode(account: str | None) -> str:
	"""Return which mail of an Email Account is captured: its own row in the settings, else the general setting."""
	settings = options.settings()
	own = {row.email_account: row.capture for row in settings.capture_accounts}
	return own.get(account) or settings.capture_mail or NOTHING


def is_mail_on() -> bool:
	"""Return whether mail of any account is captured."""
	settings = options.settings()
	modes = [settings.capture_mail, *(row.capture for row in settings.capture_accounts)]
	return any(mode and mode != NOTHING for mode in modes)


def is_type_on(doctype: str) -> bool:
	"""Return whether documents of a type may be captured."""
	medium = MEDIA[doctype]
	return is_mail_on() if medium == MAIL else is_on(medium)


def is_on(medium: str, account: str | None = None) -> bool:
	"""Return whether exchanges of a medium are captured; False if its functional option is off (R4)."""
	if not options.is_on(options.OPTION_OF_MEDIUM[medium]):
		return False
	if medium == MAIL:
		return mail_mode(account) != NOTHING
	return bool(options.settings().get(CHECKS[medium]))


def find_excluded(addresses: Iterable[str]) -> set[str]:
	"""Return the addresses and numbers that mustn't be recorded: by themselves, their domain, or their contact."""
	wanted = {address: _keys_of(address) for address in addresses}
	keys = sorted({key for keys in wanted.values() for key in keys})
	listed = (
		{*frappe.get_all(EXCLUSION, {"name": ("in", keys)}, pluck="name", order_by=None)} if keys else set()
	)
	private = _find_private([*wanted])
	return {address for address, keys in wanted.items() if listed & {*keys} or address in private}


def partner_of_domain(domain: str) -> tuple[str, str] | None:
	"""Return the partner that an administrator entered for a domain; None without one."""
	rows = options.settings().capture_domains
	return next(((row.party_type, row.party) for row in rows if row.domain.lower() == domain), None)


def exclusion_key(text: str) -> str:
	"""Return the name of an exclusion: an address or domain in lower case, a number in E.164, or else as typed."""
	text = text.strip().removeprefix("@").lower()
	if DOMAIN.fullmatch(text):
		return text
	return contact_key(text, *list_regions()) or text


def _keys_of(address: str) -> list[str]:
	"""Return the names of the exclusions that apply to an address or a number."""
	if "@" not in address:
		return [exclusion_key(address)]
	return [address.lower(), without_tag(address.lower()), address.rpartition("@")[2].lower()]


def _find_private(addresses: list[str]) -> set[str]:
	"""Return the addresses and numbers of contacts with *Do Not Record*."""
	if not frappe.get_meta(key_index.CONTACT).has_field(DO_NOT_RECORD):
		return set()
	mails = {
		key: address for address in addresses if "@" in address for key in (address, without_tag(address))
	}
	found = [(mails.get(row.written.lower()), row) for row in key_index.find_by_addresses(mails)]
	numbers = [address for address in addresses if "@" not in address]
	found += [(number, row) for number in numbers for row in contact_keys.find_rows(number)[0]]
	names = {row.record for _address, row in found if row.record_type == key_index.CONTACT}
	private = {DO_NOT_RECORD: 1, "name": ("in", sorted(names))}
	marked = {*frappe.get_all(key_index.CONTACT, private, pluck="name", order_by=None)} if names else set()
	return {address for address, row in found if address and row.record in marked}

"""Comparable forms of phone numbers and e-mail addresses, which are stored as typed. Imports no Frappe."""

import phonenumbers


def to_e164(number: str | None, region: str | None = None) -> str | None:
	"""Return the number in E.164 (`+74956329816`), or None if it isn't a possible phone number.

	Args:
		number: as typed, with any punctuation; an extension is dropped.
		region: ISO 3166 country code of the assumed national format; None accepts international numbers only.
	"""
	try:
		parsed = phonenumbers.parse(number or "", (region or "").upper() or None)
	except phonenumbers.NumberParseException:
		return None
	if not phonenumbers.is_possible_number(parsed):
		return None
	return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def contact_key(text: str | None, region: str | None = None) -> str | None:
	"""Return the E.164 of a phone number, a text with @ and no space in lower case without further checks, or None."""
	text = (text or "").strip()
	if "@" in text and " " not in text:
		return text.lower()
	return to_e164(text, region)


def same_number(first: str | None, second: str | None, region: str | None = None) -> bool:
	"""Return whether both are phone numbers and equal in E.164."""
	key = to_e164(first, region)
	return key is not None and key == to_e164(second, region)

"""Numbers and addresses, kept as typed, made comparable. Imports no Frappe."""

import phonenumbers


def to_e164(number: str | None, region: str | None = None) -> str | None:
	"""Return the number in E.164 (`+74956329816`), or None where it isn't a possible telephone number.

	Args:
		number: as typed, with any punctuation; an extension is left out.
		region: ISO 3166 code of the country whose national format to assume; None takes international ones only.
	"""
	try:
		parsed = phonenumbers.parse(number or "", (region or "").upper() or None)
	except phonenumbers.NumberParseException:
		return None
	if not phonenumbers.is_possible_number(parsed):
		return None
	return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def contact_key(reach: str | None, region: str | None = None) -> str | None:
	"""Return the form in which two ways to reach somebody are compared: E.164, or a lower-case e-mail address."""
	reach = (reach or "").strip()
	if "@" in reach and " " not in reach:
		return reach.lower()
	return to_e164(reach, region)


def same_number(one: str | None, other: str | None, region: str | None = None) -> bool:
	"""True when both are telephone numbers and mean the same line."""
	left = to_e164(one, region)
	return left is not None and left == to_e164(other, region)

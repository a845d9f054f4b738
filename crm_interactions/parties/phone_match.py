"""Comparable forms of phone numbers and e-mail addresses, which are stored as typed. Imports no Frappe."""

import re

import phonenumbers

from crm_interactions.controllers.addresses import read_addresses

# fewer trailing digits match too many numbers
FEWEST_DIGITS = 5
# an international number without plus has at least so many digits, unless its country is in use
LONG = 11
# a number that isn't the area code of the following one has at least so many digits
LONG_PART = 6
SEPARATORS = re.compile(r"[;,|\n]")
PLAIN = re.compile(r"(00)?\s*([1-9][\d .-]+)")
DIGITS = re.compile(r"\d(?:[^\w#;,]|\d)*")


def to_e164(number: str | None, *regions: str | None) -> str | None:
	"""Return the number in E.164 (`+74956329816`), or None if it isn't a possible phone number.

	Args:
		number: as typed, with any punctuation; an extension is dropped. `readings` tells how numbers without plus are read.
		regions: ISO 3166 codes of the countries whose national numbers it may be, the most probable first.
	"""
	return next(iter(readings(number, *regions)), None)


def readings(number: str | None, *regions: str | None) -> list[str]:
	"""Return the E.164 forms that a number may have, the most probable first; [] if it isn't a possible number.

	Valid national numbers come before merely possible ones, in the order of `regions`. Digits alone, as telephone
	exchanges write them, are read as an international number too: first of all if its country is one of `regions`
	and the text lacks the 0 with which national numbers of the first region begin, else after valid national numbers.
	"""
	codes = list(dict.fromkeys(region.upper() for region in regions if region))
	national = [found for code in codes or [None] if (found := _parse(number, code))]
	valid = [found for found in national if phonenumbers.is_valid_number(found)]
	whole = _parse_without_plus(number, codes)
	if whole and _is_in(whole, codes) and _has_trunk_zero(codes[0]):
		valid.insert(0, whole)
	elif whole:
		valid.append(whole)
	found = [*valid, *national]
	return list(
		dict.fromkeys(phonenumbers.format_number(one, phonenumbers.PhoneNumberFormat.E164) for one in found)
	)


def contact_key(text: str | None, *regions: str | None) -> str | None:
	"""Return the first address in lower case, the E.164 of a phone number, or None if the text has neither.

	Text with @ and no space is an address without further checks.
	"""
	text = (text or "").strip()
	is_unknown_address = "@" in text and " " not in text
	addresses = read_addresses(text) or ([text] if is_unknown_address else [])
	return addresses[0].lower() if addresses else to_e164(text, *regions)


def same_number(first: str | None, second: str | None, *regions: str | None) -> bool:
	"""Return whether both are phone numbers and equal in E.164."""
	key = to_e164(first, *regions)
	return key is not None and key == to_e164(second, *regions)


def trailing_digits(number: str | None) -> str:
	"""Return the typed digits without leading zeros and extension; "" if there are fewer than `FEWEST_DIGITS`.

	Six or more digits that would become too few keep their zeros: as the end of a number they are no prefix.
	"""
	found = DIGITS.search(number or "")
	typed = re.sub(r"\D", "", found[0]) if found else ""
	digits = typed.lstrip("0")
	if len(digits) >= FEWEST_DIGITS:
		return digits
	return typed if len(typed) > FEWEST_DIGITS else ""


def lookup_digits(number: str | None, *regions: str | None) -> str:
	"""Return the digits by whose end a number is looked up, with which each notation of it ends; "" for too few.

	They are those of E.164 after + or 00, else those typed, without the prefix that `regions` dial before national
	numbers: 8 495 632 98 16 in Russia ends like +7 495 632 98 16.
	"""
	text = re.sub(r"\(0\)", "", number or "").strip()
	international = re.sub(r"^00(?=[1-9])", "+", text)
	if international.startswith("+") and (parsed := _parse(international, None)):
		return f"{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"
	typed = trailing_digits(text)
	parsed_in = (_parse(text, region) for region in regions if region)
	valid = [found for found in parsed_in if found and phonenumbers.is_valid_number(found)]
	shorter = (phonenumbers.national_significant_number(found) for found in valid)
	ends = [end for end in shorter if typed.endswith(end) and len(end) >= FEWEST_DIGITS]
	return min([typed, *ends], key=len)


def split_numbers(text: str | None) -> list[str]:
	"""Return the numbers of a field: between ; , | and line breaks, and around / if each side has `LONG_PART` digits."""
	parts = [part.strip() for part in SEPARATORS.split(text or "")]
	return [number.strip() for part in parts for number in _split_slash(part) if number.strip()]


def _split_slash(text: str) -> list[str]:
	sides = text.split("/")
	return sides if all(len(re.sub(r"\D", "", side)) >= LONG_PART for side in sides) else [text]


def have_same_end(first: str | None, second: str | None, *regions: str | None) -> bool:
	"""Return whether two numbers have an E.164 form in common, or the typed digits of one end the other."""
	ends = trailing_digits(first), trailing_digits(second)
	forms = [{*readings(number, *regions)} for number in (first, second)]
	if forms[0] & forms[1]:
		return True
	return any(
		ends[one] and any(form.endswith(ends[one]) for form in (ends[other], *forms[other]))
		for one, other in ((0, 1), (1, 0))
	)


def _parse(number: str | None, region: str | None) -> phonenumbers.PhoneNumber | None:
	try:
		parsed = phonenumbers.parse(number or "", region)
	except phonenumbers.NumberParseException:
		return None
	return parsed if phonenumbers.is_possible_number(parsed) else None


def _parse_without_plus(number: str | None, codes: list[str]) -> phonenumbers.PhoneNumber | None:
	"""Return the international number that digits alone, or after 00, are; None unless two of three hold.

	The three: the number is valid, it is long or follows 00, and its country is one of `codes`.
	"""
	plain = PLAIN.fullmatch((number or "").strip())
	parsed = _parse(f"+{plain[2]}", None) if plain else None
	if not parsed:
		return None
	is_long = bool(plain[1]) or len(re.sub(r"\D", "", plain[2])) >= LONG
	signs = phonenumbers.is_valid_number(parsed), is_long, _is_in(parsed, codes)
	return parsed if sum(signs) >= 2 else None


def _is_in(parsed: phonenumbers.PhoneNumber, codes: list[str]) -> bool:
	return parsed.country_code in {phonenumbers.country_code_for_region(code) for code in codes}


def _has_trunk_zero(code: str) -> bool:
	return phonenumbers.ndd_prefix_for_region(code, True) == "0"

"""Look a number and an address up among `CRM_ROWS` (1,000,000) of contacts: one statement, at most 5 ms in the median.

Further times without a limit: the search bar, also for a word of a note among `NOTED` interactions with notes of 1 KB.
"""

import os
import random
import statistics
import sys

import filling
import frappe
from harness import connect, report, seconds, statements, tell

from crm_interactions.api.search import find_direct, find_noted
from crm_interactions.parties import contact_keys, key_index

ROWS = int(os.environ.get("CRM_ROWS") or 1_000_000)
ADDRESS_EVERY = 4
LOOK_UPS, BOUND = 200, 5
NOTED, NOTE = 100_000, "<p>Asked for valves and seals of the pumps.</p>" * 22
COUNTRIES = ("385", "386", "48", "7", "49", "43", "44", "1", "52")
PICK = random.Random(7)  # noqa: S311  the same numbers in each run


def main() -> int:
	connect()
	frappe.db.set_single_value("System Settings", "country", "Croatia")
	key_index.catch_up()
	empty()
	numbers = ["+" + PICK.choice(COUNTRIES) + str(PICK.randrange(10**8, 10**9)) for _ in range(ROWS)]
	try:
		filling.insert_quickly(key_index.KEY, map(row, range(ROWS), numbers))
		filling.insert_quickly("Interaction", map(noted, range(NOTED)))
		frappe.db.commit()
		kept = measure(numbers)
		for title, word in {"in no note": "turbopump", "in each note": "valves"}.items():
			took = [1000 * seconds(lambda word=word: find_noted(word)) for _ in range(20)]
			tell(
				f"milliseconds, search bar, a word {title}",
				f"{statistics.median(took):.1f}, {max(took):.1f} at most",
			)
	finally:
		frappe.db.rollback()
		empty()
	return 0 if all(kept) else 1


def row(number: int, phone: str) -> dict:
	written = address(number) if number % ADDRESS_EVERY == 0 else phone
	value = written if "@" in written else key_index.lookup_digits(written)
	of = {"record_type": key_index.CONTACT, "record": f"{filling.PREFIX}{number}"}
	return {"name": f"{filling.PREFIX}{number}", "value": value[::-1], "written": written, **of}


def noted(number: int) -> dict:
	moment = filling.SINCE + filling.timedelta(minutes=number)
	return {"name": f"{filling.PREFIX}{number}", "creation": moment, "modified": moment, "notes": NOTE}


def address(number: int) -> str:
	return f"person{number}@company{number % 5000}.example"


def measure(numbers: list[str]) -> list[bool]:
	known = PICK.sample([n for n in range(ROWS) if n % ADDRESS_EVERY], LOOK_UPS)
	national = ["0" + numbers[n][-9:] for n in known]
	written = {
		"international number": ([numbers[n] for n in known], key_index.find_by_end),
		"national number": (national, key_index.find_by_end),
		"unknown number": ([f"+385{PICK.randrange(10**8, 10**9)}" for _ in known], key_index.find_by_end),
		"address": (
			[address(n - n % ADDRESS_EVERY) for n in known],
			lambda text: key_index.find_by_addresses([text]),
		),
	}
	kept = []
	for title, (texts, find) in written.items():
		milliseconds = [1000 * seconds(lambda text=text, find=find: find(text)) for text in texts]
		note = f"· {statements(lambda text=texts[0], find=find: find(text))} statement, {max(milliseconds):.1f} at most"
		kept.append(
			report(f"milliseconds of a look-up, {title}", statistics.median(milliseconds), BOUND, note)
		)
	for title, call in {"countries compared, too": contact_keys.find_rows, "search bar": find_direct}.items():
		took = [1000 * seconds(lambda text=text, call=call: call(text)) for text in national[:20]]
		tell(f"milliseconds, {title}", f"{statistics.median(took):.1f}, {max(took):.1f} at most")
	return kept


def empty() -> None:
	for doctype in (key_index.KEY, "Interaction"):
		frappe.db.delete(doctype, {"name": ("like", f"{filling.PREFIX}%")})
	frappe.db.commit()


if __name__ == "__main__":
	sys.exit(main())

"""The story as data: partners and texts for each language, scenarios common to all. Imports no Frappe.

`scenarios.json` defines the steps, `texts/<language>.json` the title and note of each step,
`partners/<language>.json` the partners, and `languages.json` the number and date formats of each language.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("hr", "ru", "sl", "pl", "en")


@dataclass(frozen=True)
class Contact:
	first_name: str
	email: str
	phones: tuple[str, ...]
	last_name: str = ""
	designation: str = ""


@dataclass(frozen=True)
class Partner:
	"""A partner; `role` is customer, prospect or supplier, `chains` are keys of scenarios in order of time."""

	name: str
	language: str
	kind: str
	role: str
	region: str
	place: str
	currency: str
	responsible: str
	contacts: tuple[Contact, ...]
	chains: tuple[str, ...]


@cache
def load(name: str) -> dict:
	return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def partners() -> list[Partner]:
	"""Return all partners, alternating between the languages, so that the first five cover all of them."""
	by_language = [
		[_partner(language, record) for record in load(f"partners/{language}")] for language in LANGUAGES
	]
	return [partner for turn in zip_longest(*by_language) for partner in turn if partner]


def _partner(language: str, record: dict) -> Partner:
	contacts = tuple(Contact(**{**c, "phones": tuple(c["phones"])}) for c in record["contacts"])
	return Partner(
		**{**record, "language": language, "contacts": contacts, "chains": tuple(record["chains"])}
	)

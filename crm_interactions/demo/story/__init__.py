"""The story as data: partners and texts by language, the course of business common to all. Imports no Frappe.

`scenarios.json` says what happens step by step, `texts/<language>.json` says it in words (title and note of each
step), `partners/<language>.json` who it happens with, `languages.json` how a language writes numbers and dates.
"""

from __future__ import annotations

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
	"""`role` is customer, prospect or supplier; `chains` are keys of scenarios in the order in which they happen."""

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
	"""Return all partners, one of each language in turn, so that the first few already speak all of them."""
	by_language = [
		[_partner(language, record) for record in load(f"partners/{language}")] for language in LANGUAGES
	]
	return [partner for turn in zip_longest(*by_language) for partner in turn if partner]


def _partner(language: str, record: dict) -> Partner:
	contacts = tuple(Contact(**{**c, "phones": tuple(c["phones"])}) for c in record["contacts"])
	return Partner(
		**{**record, "language": language, "contacts": contacts, "chains": tuple(record["chains"])}
	)

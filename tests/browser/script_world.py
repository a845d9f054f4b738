"""A chain with activities of each type and their records, with the same texts in every field: script or long words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

import pytest

from tests.browser import raw_values
from tests.clock import now


def evil(of: str) -> str:
	"""Return a text with several kinds of script, marked with the field's name `of`."""
	return f'"><img src=x data-of={of} onerror=pwn(this)><script>pwn(this)</script>{{{{ 7*7 }}}}'


# without a script tag: Frappe embeds users' names in the Desk's boot data, which such a tag breaks
NAME = '"><img src=x data-of=name onerror=pwn(this)>'
LINK = "javascript:pwn(0)"
RICH = f'<p>Rich</p><img src=x data-of=rich onerror="pwn(this)"><script>pwn(this)</script><a href="{LINK}">link</a>'
NOW = now().replace(day=15, hour=10, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Texts:
	"""The texts of a world.

	Attributes:
		text: returns the text of a field by its name.
		rich: the content of rich-text fields.
		name: a person's first name.
		shown: a part of every text, to wait for.
	"""

	text: Callable[[str], str]
	rich: str
	name: str
	shown: str

	def of(self, *fields: str) -> dict[str, str]:
		return {field: self.text(field) for field in fields}


SCRIPT = Texts(evil, RICH, NAME, shown='">')
_LONG = "Dolgo telefonsko povpraševanje o rezervnih delih za črpalke starejše izdelave"
LONG = Texts(
	lambda of: f"{_LONG} ({of})",
	f"<p>{_LONG}, z dobavnimi roki in cenami.</p>",
	"Marija-Magdalena Antonija",
	shown="rezervnih delih",
)


@contextmanager
def made_of(texts: Texts, site, manager: str, label: str) -> Iterator[dict]:
	"""Make a chain with activities of each type, and yield the names of the records.

	Args:
		label: distinguishes this world from another one on the same site.

	Yields: names by document type or description, and the part `shown` of every text.
	"""
	party = site.party(f"Sigurna Tvornica {label}", "Mira", "+385 1 222 3344")
	described = {"kind": "Room", **texts.of("location", "description")}
	room = site.make("Meeting Resource", title=f"Sigurna soba {label}", **described)["name"]
	description = texts.text("outcome")
	outcome = site.make("Interaction Outcome", title=f"Sigurno {label}", description=description)["name"]
	values = {**party, "responsible": manager, "notes": texts.rich, "starts_on": str(NOW)}
	values |= texts.of("title", "how_to_reach")
	guest = {**texts.of("full_name", "phone"), "email": "a@example.com", "side": "Theirs"}
	more = {**texts.of("reason"), "outcome": outcome, "participants": [guest]}
	more["products"] = [texts.of("product", "notes")]
	call = site.phone_call(status="Held", **values, **more)
	chain = {"chain": call["chain"]}
	later = {**values, **chain, "starts_on": "2100-01-01 10:00:00"}
	planned = site.make("Interaction", interaction_type="Planned", **later)
	met = {**values, **more, **chain, "starts_on": str(NOW.replace(day=28)), "agenda": texts.rich}
	met |= {"interaction_type": "Meeting", "status": "Planned", **texts.of("place")}
	meeting = site.make("Meeting", resources=[{"resource": room}], **met)
	plain = {field: values[field] for field in values if field not in ("title", "how_to_reach")}
	record = site.make("Product Record", kind="Interest", **texts.of("product"), **plain, **chain)
	other, completed = site.phone_call(**values), site.phone_call(status="Held", **values)
	handed_over = {**values, "starts_on": "2100-02-01 10:00:00"}
	made = {
		"Interaction": call["name"],
		"planned": planned["name"],
		"Meeting": meeting["name"],
		"Product Record": record["name"],
		"Interaction Chain": call["chain"],
		"other": other["name"],
		"completed": completed["name"],
		"Interaction Hand Over": _handed_over(site, manager, texts.name, handed_over),
		"Meeting Resource": room,
		"Contact": party["contact"],
		"partner": party["party"],
		"partner type": party["party_type"],
		"User": manager,
		"shown": texts.shown,
	}
	site.put("Interaction Chain", call["chain"], **texts.of("title"))
	site.put("Contact", party["contact"], first_name=texts.name)
	site.put("User", manager, first_name=texts.name)
	site.complete(made["completed"])
	# so that the chain's form shows a log
	site.join(made["other"], made["completed"])
	team = site.make("Interaction Team", team_name=f"Sigurni {label}", leader=manager)
	made["Interaction Team"] = team["name"]
	with site.settings(subject_types=[{"subject_type": party["party_type"]}]):
		yield made
	raw_values.write([("User", manager, {"first_name": "Nina", "full_name": "Nina"})])


def _handed_over(site, manager: str, name: str, values: dict) -> str:
	"""Hand over an activity from a leaving user with the given name. Return the name of the hand-over."""
	leaving = site.user("no.script.leaving@example.com", "Lea", "Interaction Manager", "Sales User")
	site.put("User", leaving, first_name=name)
	site.phone_call(**{**values, "responsible": leaving})
	return site.call("crm_interactions.api.oversight.hand_over", from_user=leaving, to_user=manager)["name"]


def world_fixture(texts: Texts, label: str):
	"""Return the fixture `world` of a module, which needs its fixture `manager`."""

	@pytest.fixture(scope="module")
	def world(site, manager):
		# a repeated test makes another world
		with made_of(texts, site, manager, f"{label} {token_hex(2)}") as names:
			yield names

	return world


def values_with_script(made: dict) -> list:
	"""Return script for every text field, as rows for `raw_values.write`."""
	of, chain, hand_over = SCRIPT.of, made["Interaction Chain"], made["Interaction Hand Over"]
	activity = of("title", "party_name", "how_to_reach", "reason")
	partner = {"Partner": {**of("phone", "email"), "website": LINK}, "Customer": of("customer_name")}
	failed, left = {"status": "Failed", "left_count": 1, **of("problem")}, {"result": "Left", **of("reason")}
	return [
		*(("Interaction", made[name], activity) for name in ("Interaction", "planned", "other", "completed")),
		("Meeting", made["Meeting"], {**activity, **of("place")}),
		("Product Record", made["Product Record"], of("product", "party_name")),
		("Interaction Chain", chain, of("title", "close_reason")),
		("Activity Link", {"chain": chain}, of("title")),
		("Activity Link", {"activity": made["other"]}, of("title")),
		("Interaction Hand Over", hand_over, failed),
		("Interaction Hand Over Entry", {"hand_over": hand_over}, left),
		("Interaction Chain Log", {"owner": "Administrator"}, of("note")),
		*(
			row
			for parent in ({"parent": made["Interaction"]}, {"parent": made["Meeting"]})
			for row in (
				("Interaction Participant", parent, of("full_name", "phone")),
				("Interaction Product", parent, of("product", "notes")),
			)
		),
		("Meeting Resource", made["Meeting Resource"], of("location", "description")),
		("Contact", made["Contact"], of("first_name", "full_name", "phone", "mobile_no")),
		("User", made["User"], {"first_name": NAME, "full_name": NAME}),
		(made["partner type"], made["partner"], partner.get(made["partner type"], {})),
	]


def harmless(rows: list) -> list:
	"""Return the rows with "Mended" instead of script."""
	return [(kind, name, {field: _mended(values[field]) for field in values}) for kind, name, values in rows]


def _mended(value):
	return "Mended" if "pwn" in str(value) else value

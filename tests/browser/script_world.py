"""A chain with activities of each type and their records, with the same texts in every field: script or long words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tests.browser import raw_values


def evil(of: str) -> str:
	"""Return a text with several kinds of script, marked with the field's name `of`."""
	return f'"><img src=x data-of={of} onerror=pwn(this)><script>pwn(this)</script>{{{{ 7*7 }}}}'


# without a script tag: Frappe embeds users' names in the Desk's boot data, which such a tag breaks
NAME = '"><img src=x data-of=name onerror=pwn(this)>'
LINK = "javascript:pwn(0)"
RICH = f'<p>Rich</p><img src=x data-of=rich onerror="pwn(this)"><script>pwn(this)</script><a href="{LINK}">link</a>'
NOW = datetime.now().replace(day=15, hour=10, minute=0, second=0, microsecond=0)


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
	partner = site.partner(f"Sigurna Tvornica {label}")
	contact = site.contact(partner, "Mira", "+385 1 222 3344")["name"]
	room = site.make(
		"Meeting Resource",
		title=f"Sigurna soba {label}",
		kind="Room",
		location=texts.text("location"),
		description=texts.text("description"),
	)["name"]
	outcome = site.make("Interaction Outcome", title=f"Sigurno {label}", description=texts.text("outcome"))[
		"name"
	]
	values = {
		"party_type": partner["doctype"],
		"party": partner["name"],
		"contact": contact,
		"responsible": manager,
		"title": texts.text("title"),
		"how_to_reach": texts.text("how_to_reach"),
		"notes": texts.rich,
		"starts_on": str(NOW),
	}
	people = [
		{
			"full_name": texts.text("full_name"),
			"side": "Theirs",
			"phone": texts.text("phone"),
			"email": "a@example.com",
		}
	]
	more = {
		"reason": texts.text("reason"),
		"outcome": outcome,
		"participants": people,
		"products": [{"product": texts.text("product"), "notes": texts.text("notes")}],
	}
	call = site.make("Interaction", interaction_type="Phone Call", status="Held", **values, **more)
	chain = {"chain": call["chain"]}
	planned = site.make(
		"Interaction", interaction_type="Planned", **{**values, "starts_on": "2100-01-01 10:00:00"}, **chain
	)
	meeting = site.make(
		"Meeting",
		interaction_type="Meeting",
		status="Planned",
		place=texts.text("place"),
		agenda=texts.rich,
		resources=[{"resource": room}],
		**{**values, "starts_on": str(NOW.replace(day=28))},
		**more,
		**chain,
	)
	product = site.make(
		"Product Record",
		product=texts.text("product"),
		kind="Interest",
		**_without(values, "title", "how_to_reach"),
		**chain,
	)
	other = site.make("Interaction", interaction_type="Phone Call", **values)
	completed = site.make("Interaction", interaction_type="Phone Call", status="Held", **values)
	made = {
		"Interaction": call["name"],
		"planned": planned["name"],
		"Meeting": meeting["name"],
		"Product Record": product["name"],
		"Interaction Chain": call["chain"],
		"other": other["name"],
		"completed": completed["name"],
		"Interaction Hand Over": _handed_over(
			site, manager, texts.name, {**values, "starts_on": "2100-02-01 10:00:00"}
		),
		"Meeting Resource": room,
		"Contact": contact,
		"partner": partner["name"],
		"partner type": partner["doctype"],
		"User": manager,
		"shown": texts.shown,
	}
	site.put("Interaction Chain", call["chain"], title=texts.text("title"))
	site.put("Contact", contact, first_name=texts.name)
	site.put("User", manager, first_name=texts.name)
	site.call(
		"crm_interactions.api.activity.complete", activity_type="Interaction", activity=made["completed"]
	)
	# so that the chain's form shows a log
	_join(site, made["other"], made["completed"])
	made["Interaction Team"] = site.make("Interaction Team", team_name=f"Sigurni {label}", leader=manager)[
		"name"
	]
	with site.changed("CRM Interactions Settings", subject_types=[{"subject_type": partner["doctype"]}]):
		yield made
	raw_values.write([("User", manager, {"first_name": "Nina", "full_name": "Nina"})])


def _handed_over(site, manager: str, name: str, values: dict) -> str:
	"""Hand over an activity from a leaving user with the given name. Return the name of the hand-over."""
	leaving = site.user("no.script.leaving@example.com", "Lea", "Interaction Manager", "Sales User")
	site.put("User", leaving, first_name=name)
	site.make("Interaction", interaction_type="Phone Call", **{**values, "responsible": leaving})
	return site.call("crm_interactions.api.oversight.hand_over", from_user=leaving, to_user=manager)["name"]


def _join(site, activity: str, target: str) -> None:
	named = {
		"activity_type": "Interaction",
		"activity": activity,
		"target_type": "Interaction",
		"target": target,
	}
	site.call("crm_interactions.api.chain.link", **named)


def _without(values: dict, *fields: str) -> dict:
	return {field: value for field, value in values.items() if field not in fields}


def values_with_script(made: dict) -> list:
	text = {
		"title": evil("title"),
		"party_name": evil("party_name"),
		"how_to_reach": evil("how_to_reach"),
		"reason": evil("reason"),
	}
	names = [
		("Interaction", made["Interaction"]),
		("Interaction", made["planned"]),
		("Interaction", made["other"]),
		("Interaction", made["completed"]),
	]
	meeting = made["Meeting"]
	title = {
		"Partner": {"phone": evil("phone"), "email": evil("email"), "website": LINK},
		"Customer": {"customer_name": evil("customer_name")},
	}
	return [
		*((doctype, name, text) for doctype, name in names),
		("Meeting", meeting, {**text, "place": evil("place")}),
		(
			"Product Record",
			made["Product Record"],
			{"product": evil("product"), "party_name": evil("party_name")},
		),
		(
			"Interaction Chain",
			made["Interaction Chain"],
			{"title": evil("title"), "close_reason": evil("close_reason")},
		),
		("Activity Link", {"chain": made["Interaction Chain"]}, {"title": evil("title")}),
		("Activity Link", {"activity": made["other"]}, {"title": evil("title")}),
		(
			"Interaction Hand Over",
			made["Interaction Hand Over"],
			{"status": "Failed", "problem": evil("problem"), "left_count": 1},
		),
		(
			"Interaction Hand Over Entry",
			{"hand_over": made["Interaction Hand Over"]},
			{"result": "Left", "reason": evil("reason")},
		),
		("Interaction Chain Log", {"owner": "Administrator"}, {"note": evil("note")}),
		*(
			(child, {"parent": parent}, fields)
			for parent in (made["Interaction"], meeting)
			for child, fields in (
				("Interaction Participant", {"full_name": evil("full_name"), "phone": evil("phone")}),
				("Interaction Product", {"product": evil("product"), "notes": evil("notes")}),
			)
		),
		(
			"Meeting Resource",
			made["Meeting Resource"],
			{"location": evil("location"), "description": evil("description")},
		),
		(
			"Contact",
			made["Contact"],
			{
				"first_name": evil("first_name"),
				"full_name": evil("full_name"),
				"phone": evil("phone"),
				"mobile_no": evil("mobile_no"),
			},
		),
		("User", made["User"], {"first_name": NAME, "full_name": NAME}),
		(made["partner type"], made["partner"], title.get(made["partner type"], {})),
	]


def harmless(rows: list) -> list:
	"""Return the rows with "Mended" instead of script."""
	return [
		(
			doctype,
			name,
			{field: "Mended" if "pwn" in str(value) else value for field, value in fields.items()},
		)
		for doctype, name, fields in rows
	]

"""A chain of each kind of activity, and what hangs on it, whose every text holds script; for the last test of the browser's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import raw_values


def evil(of: str) -> str:
	"""Return script in each of its disguises; `of` says in which field."""
	return f'"><img src=x data-of={of} onerror=pwn(this)><script>pwn(this)</script>{{{{ 7*7 }}}}'


# a person's name stands in what the platform starts the Desk with, which a tag of script breaks whoever made it
NAME = '"><img src=x data-of=name onerror=pwn(this)>'
LINK = "javascript:pwn(0)"
RICH = f'<p>Rich</p><img src=x data-of=rich onerror="pwn(this)"><script>pwn(this)</script><a href="{LINK}">link</a>'
SHOWN = '">'
NOW = datetime.now().replace(day=15, hour=10, minute=0, second=0, microsecond=0)


@contextmanager
def made_of_script(site, manager: str) -> Iterator[dict]:
	"""A chain of each kind of activity, whose every text field holds script, for a while; its names by document type."""
	partner = site.partner("Sigurna Tvornica")
	contact = site.contact(partner, "Mira", "+385 1 222 3344")["name"]
	room = site.make(
		"Meeting Resource",
		title="Sigurna soba",
		kind="Room",
		location=evil("location"),
		description=evil("description"),
	)["name"]
	outcome = site.make("Interaction Outcome", title="Sigurno", description=evil("outcome"))["name"]
	values = {
		"party_type": partner["doctype"],
		"party": partner["name"],
		"contact": contact,
		"responsible": manager,
		"title": evil("title"),
		"how_to_reach": evil("how_to_reach"),
		"notes": RICH,
		"starts_on": str(NOW),
	}
	people = [
		{"full_name": evil("full_name"), "side": "Theirs", "phone": evil("phone"), "email": "a@example.com"}
	]
	more = {
		"reason": evil("reason"),
		"outcome": outcome,
		"participants": people,
		"products": [{"product": evil("product"), "notes": evil("notes")}],
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
		place=evil("place"),
		agenda=RICH,
		resources=[{"resource": room}],
		**{**values, "starts_on": str(NOW.replace(day=28))},
		**more,
		**chain,
	)
	product = site.make(
		"Product Record",
		product=evil("product"),
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
		"Interaction Hand Over": _handed_over(site, manager, {**values, "starts_on": "2100-02-01 10:00:00"}),
		"Meeting Resource": room,
		"Contact": contact,
		"partner": partner["name"],
		"partner type": partner["doctype"],
		"User": manager,
	}
	site.put("Interaction Chain", call["chain"], title=evil("title"))
	site.put("Contact", contact, first_name=NAME)
	site.put("User", manager, first_name=NAME)
	site.call(
		"crm_interactions.api.activity.complete", activity_type="Interaction", activity=made["completed"]
	)
	# what was done to a chain is told on its form
	_join(site, made["other"], made["completed"])
	made["Interaction Team"] = site.make("Interaction Team", team_name="Sigurni", leader=manager)["name"]
	with site.changed("CRM Interactions Settings", subject_types=[{"subject_type": partner["doctype"]}]):
		yield made
	raw_values.write([("User", manager, {"first_name": "Nina", "full_name": "Nina"})])


def _handed_over(site, manager: str, values: dict) -> str:
	"""Hand over from who leaves, whose name holds script, and leave something; return the hand-over."""
	leaving = site.user("no.script.leaving@example.com", "Lea", "Interaction Manager", "Sales User")
	site.put("User", leaving, first_name=NAME)
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
				(
					"Interaction Participant",
					{"full_name": evil("full_name"), "phone": evil("phone")},
				),
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

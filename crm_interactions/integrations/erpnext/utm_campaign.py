"""UTM Campaign, ERPNext's campaign from Frappe 16 on: a subject of chains, not an activity."""


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the field values that a chain provides: its title as `name`."""
	return {"name": chain["title"]}

"""UTM Campaign, which ERPNext uses for campaigns from Frappe 16 on: a subject only, no activity of its own."""


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Its name is all that it asks for."""
	return {"name": chain["title"]}

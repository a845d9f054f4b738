"""Campaign of ERPNext: a subject of chains, not an activity."""


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the field values that a chain provides: its title as `campaign_name`."""
	return {"campaign_name": chain["title"]}

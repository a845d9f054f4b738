"""Campaign of ERPNext: a subject only, no activity of its own."""


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the fields that a chain can fill."""
	return {"campaign_name": chain["title"]}

"""CRM Lead: a partner or a subject of chains, not an activity."""

from crm_interactions.parties import partners


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return owner, the partner's title as `organization`, and the first named external participant as the person."""
	values = {"lead_owner": chain["responsible"]}
	if chain["party"]:
		values["organization"] = partners.get_title(chain["party_type"], chain["party"])
	person = next((row for row in participants if row["side"] != "Ours" and row["full_name"]), None)
	if person:
		first_name, _, last_name = person["full_name"].partition(" ")
		values |= {"first_name": first_name, "last_name": last_name}
		values |= {"email": person["email"], "mobile_no": person["phone"]}
	return values

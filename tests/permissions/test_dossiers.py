"""The dossier of a chain holds exactly the activities that its reader may see."""

import frappe

from crm_interactions.insight.dossier import contents
from tests.permissions import oracle
from tests.permissions.conftest import connected
from tests.permissions.people import PEOPLE


def test_dossiers_hold_the_readable_activities(site, world, visibility, differences):
	for person in PEOPLE.values():
		with connected(site):
			frappe.set_user(person.name)
			chains = sorted({record.chain for record in world.records})
			text = repr([contents.gather(chain).activities for chain in chains])
		shown = {record.label for record in world.records if record.token in text}
		differences.check(oracle.readable(visibility, person, world.records), shown, person.key, "dossier")

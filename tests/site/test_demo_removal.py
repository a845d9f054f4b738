"""The demo can be removed after users changed its records; one partner's data is enough to show it."""

import frappe

from crm_interactions.demo import people
from crm_interactions.demo.write import register
from tests.site.demo_data import demo_fixtures, demo_partner, differences, remove, row_counts
from tests.site.factories import interaction

made, rolled_back = demo_fixtures(1)


def test_changed_renamed_and_deleted_demo_records_do_not_stop_the_removal(made):
	names = ("in", register.names("Interaction"))
	planned = frappe.get_doc("Interaction", {"status": "Planned", "name": names})
	planned.completed = 1
	planned.add_comment("Comment", "Looked at it")
	planned.save()
	frappe.delete_doc("Product Record", register.names("Product Record")[0], delete_permanently=True)
	doctype, name = demo_partner()
	frappe.rename_doc(doctype, name, f"{name} (new)", force=True)
	assert "Kept" not in remove()
	# Frappe's records of the deletion and the rename
	left = {key for key, (was, now) in differences(made.before, row_counts()).items() if now > was}
	assert left <= {"Comment", "Version"}


def test_users_own_records_stay_with_the_records_that_they_use(as_user):
	doctype, party = demo_partner()
	adopted = register.names("Product Record")[0]
	register.forget("Product Record", adopted)  # the tag was removed by a user
	visitor = people.PEOPLE[1].email
	as_user(visitor)
	own = interaction(party_type=doctype, party=party)
	as_user("Administrator")
	register.add("Interaction", own.name)  # tagged later by a user
	sentence = remove()
	assert f"{doctype} {party}" in sentence and f"User {visitor}" in sentence
	assert frappe.db.exists("Interaction", own.name)
	assert frappe.db.exists("Product Record", adopted)
	assert frappe.db.exists(doctype, party)
	assert frappe.db.get_value("User", visitor, "enabled") == 0
	assert not register.is_there()
	assert not (frappe.db.get_value("Interaction", own.name, "_user_tags") or "").strip(",")

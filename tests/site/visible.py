"""The oracle of visibility, computed from the documents in plain Python without the app's predicate."""

import frappe

from tests.site.factories import interaction, record, recorder

ACTIVITIES = ("Interaction", "Meeting", "Product Record")
SEE_ALL = ("Interaction Manager", "Interaction Administrator")
Key = tuple[str, str]


def expected(user: str, see_all: tuple[str, ...] = SEE_ALL) -> set[Key]:
	"""Return DocType and name of the activities that a user should see with *Own and Team*."""
	everything = {(doctype, name) for doctype in ACTIVITIES for name in frappe.get_all(doctype, pluck="name")}
	if set(frappe.get_roles(user)) & {"System Manager", *see_all}:
		return everything
	team = {user, *below(user)}
	return {key for key in everything if related_users(*key) & team or {user, "all"} & shared_users(*key)}


def related_users(doctype: str, name: str) -> set[str]:
	"""Return owner, responsible user, participants and assignees of an activity."""
	doc = frappe.get_doc(doctype, name)
	found = {doc.owner, doc.responsible}
	for row in doc.get("participants") or []:
		if row.participant_type == "User":
			found.add(row.participant)
		elif row.participant_type == "Contact":
			found.add(frappe.db.get_value("Contact", row.participant, "user"))
		elif row.participant_type == "Employee":
			found.add(frappe.db.get_value("Employee", row.participant, "user_id"))
	for todo in frappe.get_all("ToDo", fields=["reference_type", "reference_name", "allocated_to", "status"]):
		if (todo.reference_type, todo.reference_name, todo.status) == (doctype, name, "Open"):
			found.add(todo.allocated_to)
	return found - {None, ""}


def shared_users(doctype: str, name: str) -> set[str]:
	shares = frappe.get_all("DocShare", fields=["share_doctype", "share_name", "user", "everyone", "read"])
	return {
		"all" if share.everyone else share.user
		for share in shares
		if share.read and (share.share_doctype, share.share_name) == (doctype, name)
	}


def below(user: str) -> set[str]:
	"""Return all users below a user, in teams and in the company, without the user."""
	found, waiting = set(), [user]
	while waiting:
		for person in _directly_below(waiting.pop()):
			if person not in found:
				found.add(person)
				waiting.append(person)
	return found - {user}


def _directly_below(user: str) -> set[str]:
	found = set()
	for name in frappe.get_all("Interaction Team", {"leader": user, "disabled": 0}, pluck="name"):
		found |= {row.user for row in frappe.get_doc("Interaction Team", name).members}
	if frappe.db.exists("DocType", "Employee"):
		for employee in frappe.get_all("Employee", {"user_id": user, "status": "Active"}, pluck="name"):
			found |= _reporting_to(employee)
	return found


def _reporting_to(employee: str) -> set[str]:
	found = set()
	for row in frappe.get_all("Employee", {"reports_to": employee}, ["name", "user_id", "status"]):
		# the reports of an employee who left or has no user count for the next level above
		found |= {row.user_id} if row.user_id and row.status == "Active" else _reporting_to(row.name)
	return found


def sees(name: str, doc) -> bool:
	"""Return whether a user sees a document; check that list, document and oracle agree."""
	frappe.set_user(name)
	in_list = doc.name in frappe.get_list(doc.doctype, pluck="name", limit=0)
	frappe.set_user("Administrator")
	assert in_list == bool(frappe.has_permission(doc.doctype, "read", doc=doc.name, user=name))
	assert in_list == ((doc.doctype, doc.name) in expected(name))
	return in_list


def see(doc, *names: str) -> list[str]:
	"""Return which of these users see a document."""
	return [name for name in names if sees(name, doc)]


def listed(user: str) -> set[Key]:
	"""Return DocType and name of the activities in a user's lists."""
	before = frappe.session.user
	frappe.set_user(user)
	names = {doctype: frappe.get_list(doctype, pluck="name", limit=0) for doctype in ACTIVITIES}
	frappe.set_user(before)
	return {(doctype, name) for doctype in names for name in names[doctype]}


def recorded_by(name: str, make=interaction, **fields):
	"""Return an activity that another user creates."""
	frappe.set_user(name)
	doc = make(**fields)
	frappe.set_user("Administrator")
	return doc


def colleagues(*names: str) -> None:
	"""Create Desk users who record activities."""
	for name in names:
		recorder(name)


def team(name: str, leader: str, *members: str, **fields):
	rows = [{"user": member} for member in members]
	return record("Interaction Team", team_name=name, leader=leader, members=rows, **fields)

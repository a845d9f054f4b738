"""Creation of the demo's users, with employee records on sites with ERPNext."""

import frappe

from crm_interactions.demo import people
from crm_interactions.demo.write import register

# partner type → the other app's role that may read and write it
ROLES_FOR = {
	"Customer": "Sales User",
	"Lead": "Sales User",
	"Supplier": "Purchase User",
	"CRM Organization": "Sales User",
}
BRANCHES = {"katarzyna": "Warszawa", "tina": "Ljubljana"}
HEAD_OFFICE = "Zagreb"
WOMEN = ("maja", "katarzyna", "irina", "tina")


def create(party_types: list[str]) -> None:
	"""Create and tag missing demo users, with public password, roles for partner types and, in ERPNext, employees."""
	for person in people.PEOPLE:
		if frappe.db.exists("User", person.email):
			continue
		_create_user(person, party_types)
		if frappe.db.exists("DocType", "Employee"):
			_create_employee(person)


def _create_user(person: people.Person, party_types: list[str]) -> None:
	roles = {person.role, *(ROLES_FOR[doctype] for doctype in party_types if doctype in ROLES_FOR)}
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": person.email,
			"first_name": person.first_name,
			"last_name": person.last_name,
			"mobile_no": person.phone,
			"send_welcome_email": 0,
			"user_type": "System User",
			"new_password": people.PASSWORD,
			"roles": [{"role": role} for role in sorted(roles) if frappe.db.exists("Role", role)],
		}
	)
	user.insert()
	register.add("User", user.name)


def _create_employee(person: people.Person) -> None:
	"""Create an employee, so that activities get its company, branch and department; do nothing without a company."""
	company = frappe.defaults.get_global_default("company") or frappe.db.get_value("Company", {})
	if not company:
		return
	employee = frappe.get_doc(
		{
			"doctype": "Employee",
			"first_name": person.first_name,
			"last_name": person.last_name,
			"gender": _gender("Female" if person.key in WOMEN else "Male"),
			"date_of_birth": "1988-04-17",
			"date_of_joining": "2019-09-02",
			"status": "Active",
			"company": company,
			"branch": _branch(BRANCHES.get(person.key, HEAD_OFFICE)),
			"department": frappe.db.get_value("Department", {"department_name": "Sales", "company": company}),
			"user_id": person.email,
			"create_user_permission": 0,
		}
	)
	employee.insert()
	register.add("Employee", employee.name)


def _gender(name: str) -> str:
	return name if frappe.db.exists("Gender", name) else frappe.db.get_value("Gender", {})


def _branch(name: str) -> str:
	if not frappe.db.exists("Branch", name):
		frappe.get_doc({"doctype": "Branch", "branch": name}).insert()
		register.add("Branch", name)
	return name

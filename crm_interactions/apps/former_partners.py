"""Former partners: the leads and prospects that a partner of ERPNext or Frappe CRM was made from."""

from collections.abc import Callable

import frappe

from crm_interactions.apps.installed import is_installed

Partner = tuple[str, str]


def list_former_partners(party_type: str, party: str) -> list[Partner]:
	"""Return (type, name) of the partners that a partner was made from, nearest first, in one query.

	A customer comes from its lead, its prospect, and the lead or prospect of its opportunity; a prospect from its leads;
	an organisation of Frappe CRM from the leads of its deals. Others have none. Rights aren't checked.
	"""
	app, find = FINDERS.get(party_type, (None, None))
	return find(party) if app and is_installed(app) else []


def _of_customer(name: str) -> list[Partner]:
	customer, deal, row = (frappe.qb.DocType(of) for of in ("Customer", "Opportunity", "Prospect Lead"))
	of_deal = (deal.opportunity_from == "Prospect") & (row.parent == deal.party_name)
	in_prospect = (row.parenttype == "Prospect") & ((row.parent == customer.prospect_name) | of_deal)
	query = frappe.qb.from_(customer).left_join(deal).on(deal.name == customer.opportunity_name)
	query = query.left_join(row).on(in_prospect)
	named = (customer.lead_name, customer.prospect_name, deal.opportunity_from, deal.party_name)
	rows = query.select(*named, row.lead).where(customer.name == name).orderby(row.idx).run()
	found = []
	for lead, prospect, deal_type, deal_party, prospect_lead in rows:
		found += [("Lead", lead), ("Prospect", prospect), (deal_type, deal_party), ("Lead", prospect_lead)]
	return list(dict.fromkeys(pair for pair in found if pair[0] in ("Lead", "Prospect") and pair[1]))


def _of_prospect(name: str) -> list[Partner]:
	filters = {"parenttype": "Prospect", "parent": name}
	leads = frappe.get_all("Prospect Lead", filters, pluck="lead", order_by="idx asc")
	return [("Lead", lead) for lead in leads if lead]


def _of_organisation(name: str) -> list[Partner]:
	filters = {"organization": name, "lead": ("is", "set")}
	leads = frappe.get_all("CRM Deal", filters, pluck="lead", distinct=True, order_by="lead asc")
	return [("CRM Lead", lead) for lead in leads]


# partner type → its app, and the function that finds former partners
FINDERS: dict[str, tuple[str, Callable[[str], list[Partner]]]] = {
	"Customer": ("erpnext", _of_customer),
	"Prospect": ("erpnext", _of_prospect),
	"CRM Organization": ("crm", _of_organisation),
}

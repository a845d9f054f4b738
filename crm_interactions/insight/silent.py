"""Report *Silent Partners*: partners without contact for a number of days (R27)."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.query_builder.functions import Count, Max
from frappe.utils import get_datetime, get_fullname

from crm_interactions.chains.locks import CHAIN
from crm_interactions.clock import site_time
from crm_interactions.insight import visible
from crm_interactions.insight.asked import read_days
from crm_interactions.insight.columns import column
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners

DAYS = 90


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows and message; raises ValidationError for invalid `days` (by default `DAYS`)."""
	days = read_days(filters or {}, "days", _("Days"), DAYS)
	note = _("Partners whose last activity that took place is at least {0} days ago.").format(days)
	return _columns(), list_rows(days), note


def list_rows(days: int) -> list[dict]:
	"""Return a row for each silent partner, the longest silent first.

	Returns: rows of `party_type`, `party`, `party_name`, `last_contact`, `responsible` (of that activity), `days` (whole
		ones since then) and `open_chains`. Only readable activities and chains count.
	"""
	now = site_time.now()
	rows = _query(site_time.later(now, timedelta(days=-days))).run(as_dict=True)
	titles = partners.list_titles((row.party_type, row.party) for row in rows)
	for row in rows:
		# SQLite gives text
		row["last_contact"] = get_datetime(row.last_contact)
		row["days"] = site_time.elapsed(row.last_contact, now).days
		row["party_name"] = titles[row.party_type, row.party]
		row["responsible_name"] = get_fullname(row.responsible) if row.responsible else ""
	return rows


def _query(until):
	row = frappe.qb.DocType(ROW)
	contacts = (
		visible.limit_rows(frappe.qb.from_(row))
		.where((row.status == "Done") & row.party.notnull() & (row.party != ""))
		.groupby(row.party_type, row.party)
		.having(Max(row.activity_date) <= until)
		.select(row.party_type, row.party, Max(row.activity_date).as_("last_contact"))
	).as_("contacts")
	return (
		frappe.qb.from_(contacts)
		.select(
			*(contacts.party_type, contacts.party, contacts.last_contact),
			_responsible(contacts).as_("responsible"),
			_open_chains(contacts).as_("open_chains"),
		)
		.orderby(contacts.last_contact)
		.orderby(contacts.party)
	)


def _responsible(contacts):
	row = frappe.qb.DocType(ROW)
	query = visible.limit_rows(frappe.qb.from_(row)).select(row.responsible)
	query = query.where((row.party_type == contacts.party_type) & (row.party == contacts.party))
	query = query.where((row.status == "Done") & (row.activity_date == contacts.last_contact))
	return query.orderby(row.creation, order=Order.desc).limit(1)


def _open_chains(contacts):
	chain = frappe.qb.DocType(CHAIN)
	query = visible.limit_chains(frappe.qb.from_(chain)).select(Count(chain.name))
	of_partner = (chain.party_type == contacts.party_type) & (chain.party == contacts.party)
	return query.where(of_partner & (chain.status == "Open"))


def _columns() -> list[dict]:
	return [
		column("party_name", _("Partner"), "Data", 220),
		column("party_type", _("Partner Type"), "Data", 110),
		column("party", _("ID"), "Dynamic Link", 160, options="party_type"),
		column("last_contact", _("Last Contact"), "Datetime", 150),
		column("responsible_name", _("Responsible"), "Data", 160),
		column("days", _("Days"), "Int", 80),
		column("open_chains", _("Open Chains"), "Int", 110),
	]

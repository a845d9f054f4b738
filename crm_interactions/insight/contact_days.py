"""Days with contact over the last year, for the heat map on the form of a partner or a contact (R27)."""

from datetime import date

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_to_date, getdate
from pypika.terms import Criterion

from crm_interactions.chains import related
from crm_interactions.clock import site_time
from crm_interactions.insight import visible
from crm_interactions.insight.sql import Day
from crm_interactions.journal.writer import ROW

MONTHS = 12


def of_partner(whom: list[related.Partner]) -> dict[str, int]:
	"""Return day → number of the readable activities with a partner, or one that it was made from, that took place."""
	return _count(related.are_with(whom))


def of_document(doctype: str, name: str) -> dict[str, int]:
	"""Return day → number of the readable activities that concern another document, as `of_partner`."""
	return _count(related.concern(doctype, name))


def _count(condition: Criterion) -> dict[str, int]:
	row = frappe.qb.DocType(ROW)
	day = Day(row.activity_date)
	query = visible.limit_rows(frappe.qb.from_(row).where(condition & (row.status == "Done")))
	query = query.where(row.activity_date >= _first_day())
	return {str(getdate(at)): number for at, number in query.groupby(day).select(day, Count("*")).run()}


def _first_day() -> date:
	return getdate(add_to_date(site_time.now().date(), months=-MONTHS))

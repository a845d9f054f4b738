"""Mark the chains that have a next step: their new field is 0 in every chain of an older version."""

import frappe

from crm_interactions.chains.locks import CHAIN


def execute():
	table = frappe.qb.DocType(CHAIN)
	frappe.qb.update(table).set(table.has_next_step, 1).where(table.next_step_on.isnotnull()).run()

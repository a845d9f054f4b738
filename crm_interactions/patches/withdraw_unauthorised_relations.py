"""Withdraw relations that opened activities although their authors had no permission; names go to the Error Log."""

import click
import frappe

from crm_interactions.activities import options
from crm_interactions.chains import past_entries
from crm_interactions.visibility import past_relations, predicate


def execute():
	if options.settings().get("visibility") != predicate.OWN_AND_TEAM:
		return  # every user could read every activity, so no relation opened one
	withdrawn = {
		**past_relations.withdraw_relations(),
		"activities": [" ".join(pair) for pair in past_entries.unlink_unauthorised()],
	}
	counts = {kind: len(names) for kind, names in withdrawn.items()}
	click.echo(
		"CRM Interactions: {tasks} tasks, {contacts} users of contacts and {activities} activities in chains were "
		"withdrawn: their authors had no permission on the activities that they opened.".format(**counts)
	)
	if any(counts.values()):
		frappe.log_error("CRM Interactions: Relations Withdrawn", frappe.as_json(withdrawn))

"""Withdraw relations that users wrote without the right to what they open; names are in the Error Log."""

import click
import frappe

from crm_interactions.activities import options
from crm_interactions.chains import past_entries
from crm_interactions.visibility import past_relations, predicate


def execute():
	if options.settings().get("visibility") != predicate.OWN_AND_TEAM:
		return  # every user saw every activity, so no relation opened one
	withdrawn = {
		**past_relations.withdraw_relations(),
		"activities": [" ".join(one) for one in past_entries.take_out()],
	}
	counts = {kind: len(names) for kind, names in withdrawn.items()}
	click.echo(
		"CRM Interactions: {tasks} tasks, {contacts} users of contacts and {activities} activities in chains were "
		"withdrawn, since their authors had no right to what they opened.".format(**counts)
	)
	if any(counts.values()):
		frappe.log_error("CRM Interactions: Relations Withdrawn", frappe.as_json(withdrawn))

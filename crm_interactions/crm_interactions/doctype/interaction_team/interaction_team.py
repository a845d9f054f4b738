import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.chains import locks
from crm_interactions.controllers.validation import bold
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.visibility import hierarchy, reporting_lines


class InteractionTeam(PlainDocument):
	"""A team, whose leader sees the activities of its members (R26)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.interaction_team_member.interaction_team_member import (
			InteractionTeamMember,
		)
		from frappe.types import DF

		disabled: DF.Check
		leader: DF.Link
		members: DF.Table[InteractionTeamMember]
		team_name: DF.Data
	# end: auto-generated types

	def validate(self):
		self.refuse_twice()
		self.refuse_leader_as_member()
		self.refuse_loop()

	@locks.explain_conflicts
	def on_change(self):
		reporting_lines.update_lines()

	@locks.explain_conflicts
	def after_delete(self):
		super().after_delete()
		reporting_lines.update_lines()

	def refuse_twice(self):
		users = [row.user for row in self.members]
		for user in sorted({user for user in users if users.count(user) > 1}):
			frappe.throw(
				_("{0} is listed twice under Members. Remove one of the rows.").format(
					bold(get_fullname(user))
				),
				title=_("Check the Members"),
			)

	def refuse_leader_as_member(self):
		if self.leader in [row.user for row in self.members]:
			frappe.throw(
				_("{0} leads this team. Remove the row from Members or choose another leader.").format(
					bold(get_fullname(self.leader))
				),
				title=_("Check the Members"),
			)

	def refuse_loop(self):
		"""Raise ValidationError if enabled teams put a user above themselves; ERPNext checks the company's tree."""
		if self.disabled:
			return
		own = [(self.leader, row.user) for row in self.members]
		if loop := hierarchy.find_loop([*reporting_lines.list_team_pairs(exclude=self.name), *own]):
			people = [bold(get_fullname(user)) for user in (*loop, loop[0])]
			frappe.throw(
				_("These users lead one another in a circle: {0}. Remove one of them from a team.").format(
					" → ".join(people)
				),
				title=_("Circular Teams"),
			)

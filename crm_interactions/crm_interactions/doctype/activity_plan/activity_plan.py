import frappe
from frappe import _

from crm_interactions.controllers.document import PlainDocument
from crm_interactions.controllers.validation import bold

USER = "User"


class ActivityPlan(PlainDocument):
	"""A plan: activities that are planned together in a chain, with their dates, users and conditions (B9)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.activity_plan_step.activity_plan_step import (
			ActivityPlanStep,
		)
		from frappe.types import DF

		disabled: DF.Check
		kind: DF.Link | None
		starts_by_itself: DF.Check
		steps: DF.Table[ActivityPlanStep]
		title: DF.Data
	# end: auto-generated types

	def validate(self):
		self.validate_rule()
		for step in self.steps:
			self.validate_step(step)

	def validate_rule(self):
		"""Raise MandatoryError for a plan that starts with the first activity of a category, without the category."""
		if self.starts_by_itself and not self.kind:
			frappe.throw(
				_("Choose the category whose first activity starts the plan."),
				frappe.MandatoryError,
				title=_("Category Is Missing"),
			)

	def validate_step(self, step):
		"""Clear the user of a step for another assignee.

		Raises: MandatoryError for a step of a user without the user; ValidationError for a condition of the first step.
		"""
		if step.assignee != USER:
			step.assignee_user = None
		elif not step.assignee_user:
			frappe.throw(
				_("Row {0}: choose the user, or another assignee.").format(step.idx), frappe.MandatoryError
			)
		if step.idx == 1 and step.condition:
			frappe.throw(
				_(
					"Row 1: {0} is an outcome of the step before, and there is none. Clear the condition."
				).format(bold(_(step.condition)))
			)

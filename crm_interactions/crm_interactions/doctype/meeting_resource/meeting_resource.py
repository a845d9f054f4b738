import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.controllers.document import PlainDocument
from crm_interactions.resources import hours


class MeetingResource(PlainDocument):
	"""A room, a vehicle or equipment that activities book (R14)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from crm_interactions.crm_interactions.doctype.meeting_resource_hours.meeting_resource_hours import (
			MeetingResourceHours,
		)
		from frappe.types import DF

		capacity: DF.Int
		color: DF.Color | None
		description: DF.SmallText | None
		disabled: DF.Check
		kind: DF.Literal["Room", "Vehicle", "Equipment", "Other"]
		location: DF.Data | None
		title: DF.Data
		working_hours: DF.Table[MeetingResourceHours]
	# end: auto-generated types

	def validate(self):
		self.validate_hours()

	def validate_hours(self):
		"""Raise ValidationError for hours that don't end after they begin; 00:00 and 23:59 end the day."""
		for row in self.working_hours:
			begin, end = hours.begin_of(row), hours.end_of(row)
			if end <= begin and end != end.min:
				frappe.throw(
					_("Row {0}: {1} ends before it begins. Correct one of the two times.").format(
						row.idx, bold(_(row.weekday))
					),
					title=_("Check the Working Hours"),
				)

import frappe

from crm_interactions.controllers.document import PlainDocument


class InteractionDictionary(PlainDocument):
	"""A dictionary that an administrator adds to interactions and meetings (R11)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		description: DF.SmallText | None
		disabled: DF.Check
		multiple: DF.Check
		new_values: DF.SmallText | None
		title: DF.Data
	# end: auto-generated types

	def on_update(self):
		self.add_new_values()

	def add_new_values(self):
		"""Insert a value for each new line of *Add Values*, as the user; clear the field without a new `modified`."""
		if not self.new_values:
			return
		for value in dict.fromkeys(line.strip() for line in self.new_values.splitlines() if line.strip()):
			if not frappe.db.exists(
				"Interaction Dictionary Value", {"dictionary": self.name, "value": value}
			):
				frappe.get_doc(
					{"doctype": "Interaction Dictionary Value", "dictionary": self.name, "value": value}
				).insert()
		self.db_set("new_values", None, update_modified=False)

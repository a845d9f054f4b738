import frappe
from frappe.model.document import Document

from crm_interactions.visibility import unique_keys


class ActivityAudience(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		audience: DF.Data
		only_shared: DF.Check
		user: DF.Data
	# end: auto-generated types

	"""Who belongs to an audience of people that have the same activities; `visibility.audiences` writes it, nobody else.

	The users stand as plain text: a link would keep them from being deleted, and a merge of two would meet the key.
	"""


def on_doctype_update():
	unique_keys.add_unique("Activity Audience", ["audience", "user"], "crm_activity_audience_once")
	# whole conditions are answered from these, without a look at the rows
	frappe.db.add_index(
		"Activity Audience", ["audience", "user", "only_shared"], "crm_activity_audience_people"
	)
	frappe.db.add_index(
		"Activity Audience", ["user", "audience", "only_shared"], "crm_activity_audience_user"
	)

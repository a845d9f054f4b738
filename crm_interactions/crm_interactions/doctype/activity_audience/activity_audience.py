import frappe
from frappe.model.document import Document

from crm_interactions.visibility import unique_keys


class ActivityAudience(Document):
	"""A user of an audience. Only `visibility.audiences` writes these rows.

	`user` is plain text: a link would block the deletion of users, and merging two users would violate the unique key.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		audience: DF.Data
		only_shared: DF.Check
		user: DF.Data
	# end: auto-generated types


def on_doctype_update():
	unique_keys.add_unique("Activity Audience", ["audience", "user"], "crm_activity_audience_once")
	# covering indexes: permission conditions read them without the rows
	frappe.db.add_index(
		"Activity Audience", ["audience", "user", "only_shared"], "crm_activity_audience_people"
	)
	frappe.db.add_index(
		"Activity Audience", ["user", "audience", "only_shared"], "crm_activity_audience_user"
	)

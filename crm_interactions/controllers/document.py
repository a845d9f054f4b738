"""Base controller of the app's document types: what can't be kept is refused before the platform works with it."""

import re

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.document import Document
from frappe.model.naming import NamingSeries

from crm_interactions.controllers import validation

# of a row in a table; where a document says that it is one, REST goes on to save what it names as its parent
OF_ROWS = {"parent", "parenttype", "parentfield"}
# what the platform calls on a document, whether or not its class has it
EVENTS = {
	*(
		"autoname",
		"before_naming",
		"before_insert",
		"after_insert",
		"before_validate",
		"validate",
		"before_save",
	),
	*("on_update", "before_change", "on_change", "on_trash", "after_delete", "before_rename", "after_rename"),
	*("onload", "before_print", "before_submit", "on_submit", "before_cancel", "on_cancel"),
	*("before_update_after_submit", "on_update_after_submit", "before_discard", "on_discard"),
}

# of every document, whether its class has something of that name or not
STANDARD = {*default_fields, *child_table_fields, *optional_fields}


class PlainDocument(Document):
	def update(self, d):
		"""Take values, as REST, the forms and the database give them.

		Raises: ValidationError for a table that isn't a list of rows, and for what has the name of a method or
			of something else that belongs to the class: Frappe 16 would take it for that.
		"""
		for key, value in d.items():
			if value and key in self._table_fieldnames and not _is_table(value):
				validation.refuse(_(self.meta.get_label(key)))
			if key in EVENTS or (hasattr(type(self), key) and key not in STANDARD):
				frappe.throw(
					_("{0} has no field {1}. Leave it out.").format(
						validation.bold(_(self.doctype)), validation.bold(key)
					)
				)
		return super().update({key: value for key, value in d.items() if key not in OF_ROWS})

	def insert(self, *args, **kwargs):
		validation.require_fields(self)
		return self.insert_checked(*args, **kwargs)

	def save(self, ignore_permissions=None, *args, **kwargs):
		if not self.is_new():
			validation.require_fields(self)
			self.refuse_rows_of_others()
			if not (ignore_permissions or self.flags.ignore_permissions):
				self.require_right_to_what_is_kept()
		return self.save_checked(ignore_permissions, *args, **kwargs)

	def _validate(self):
		"""The platform's checks and its cleaning of HTML, which may make a text longer than it was sent.

		Raises: CharacterLengthExceededError; ValidationError for a text that is nested too deep to be cleaned.
		"""
		try:
			super()._validate()
		except RecursionError:
			frappe.throw(
				_("A text of {0} is nested too deep. Send it as plain text.").format(
					validation.bold(_(self.doctype))
				),
				title=_("Check the Value"),
			)
		validation.require_room(self)

	def set_new_name(self, force=False, set_name=None, set_child_names=True):
		"""Draw the number, also where version 2 of REST was sent one: whoever came to that number would be refused for ever."""
		if not self.flags.converted:
			self.flags.name_set = False
		return super().set_new_name(force=force, set_name=set_name, set_child_names=set_child_names)

	def after_delete(self):
		"""Let nobody have the number again: it stands in mails and on paper, and shares under it may be there a while yet."""
		series = self.meta.autoname or ""
		if ".#" in series:
			_keep_number(NamingSeries(series).get_prefix(), self.name)

	def add_comment(self, comment_type="Comment", text=None, comment_email=None, comment_by=None):
		"""The platform's, for the server alone: through REST it would take any kind of comment, of anybody.

		So it isn't whitelisted here. A comment of one's own is the platform's `frappe.desk.form.utils.add_comment`.
		"""
		return super().add_comment(comment_type, text, comment_email, comment_by)

	def discard(self):
		"""Refuse: Frappe 16 would mark any document that may be written to as cancelled, past all that a save checks.

		Raises: ValidationError.
		"""
		frappe.throw(
			_("{0} can't be discarded. Delete it instead, if you may.").format(
				validation.bold(_(self.doctype))
			),
			title=_("Nothing to Discard"),
		)

	def _rename(self, name, merge=False, force=False, validate_rename=True):
		"""Rename after all checks; REST could tell the platform to leave them out, and merge with what isn't seen.

		Raises: ValidationError for what can't be a name.
		"""
		if not (isinstance(name, str) and name.strip() and validation.is_name(name)):
			validation.refuse(_("Name"))
		self.require_right_to_what_is_kept()
		return super()._rename(name, merge=merge, force=False, validate_rename=True)

	def insert_checked(self, *args, **kwargs):
		"""The platform's `insert`, of what can be kept."""
		return super().insert(*args, **kwargs)

	def save_checked(self, *args, **kwargs):
		"""The platform's `save`, of what can be kept."""
		return super().save(*args, **kwargs)

	def require_right_to_what_is_kept(self):
		"""Whoever changes a document may write to it as it is, and not only as his request makes it.

		The platform asks about the changed one: User Permissions and *If Owner* are then met by what is sent.

		Raises: PermissionError.
		"""
		frappe.has_permission(self.doctype, "write", self.name, throw=True)

	def refuse_rows_of_others(self):
		"""A row that is sent by the name of another document's row would be taken away from that one.

		Raises: ValidationError.
		"""
		for df in self.meta.get_table_fields():
			sent = {row.name for row in self.get(df.fieldname) if row.name and not row.is_new()}
			if not sent:
				continue
			theirs = {"name": ("in", sorted(sent)), "parent": ("!=", self.name)}
			if foreign := frappe.get_all(df.options, theirs, pluck="name", limit=1):
				frappe.throw(
					_("Row {0} of {1} belongs to another document. Send new rows without a name.").format(
						validation.bold(foreign[0]), validation.bold(_(df.label))
					),
					title=_("Row of Another Document"),
				)


def _is_table(value) -> bool:
	return isinstance(value, list | tuple) and all(isinstance(row, dict | Document) for row in value)


def _keep_number(prefix: str, name: str) -> None:
	"""The platform has just given the last number of the series back."""
	found = re.match(rf"{re.escape(prefix)}(\d+)", name)
	if not found:
		return
	number = int(found[1])
	series = frappe.qb.DocType("Series")
	given_back = (series.name == prefix) & (series.current == number - 1)
	frappe.qb.update(series).set(series.current, number).where(given_back).run()

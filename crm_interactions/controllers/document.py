"""Base controller of the app's document types: refuses values that can't be stored before Frappe processes them."""

import re

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields, optional_fields
from frappe.model.document import Document
from frappe.model.naming import NamingSeries

from crm_interactions.controllers import addresses, rich_text, validation
from crm_interactions.controllers.validation import bold

# fields of child rows; from any document that sets them, REST would also save the document named as parent
ROW_FIELDS = {"parent", "parenttype", "parentfield"}
# methods that Frappe calls on a document, whether or not its class defines them
EVENTS = {
	*("autoname", "before_naming", "before_insert", "after_insert"),
	*("before_validate", "validate", "before_save"),
	*("on_update", "before_change", "on_change", "on_trash", "after_delete", "before_rename", "after_rename"),
	*("onload", "before_print", "before_submit", "on_submit", "before_cancel", "on_cancel"),
	*("before_update_after_submit", "on_update_after_submit", "before_discard", "on_discard"),
}

# fields of every document; a class attribute of the same name doesn't rule them out
STANDARD = {*default_fields, *child_table_fields, *optional_fields}


class PlainDocument(Document):
	def update(self, d):
		"""Set values from REST, a form or the database, leaving out `ROW_FIELDS`; return the document.

		Raises: ValidationError for a table that isn't a list of rows, and for a key that names an event or a class
			attribute: in Frappe 16 its value would replace the method.
		"""
		for key, value in d.items():
			if value and key in self._table_fieldnames and not _is_table(value):
				validation.refuse(_(self.meta.get_label(key)))
			if key in EVENTS or (hasattr(type(self), key) and key not in STANDARD):
				names = bold(_(self.doctype)), bold(key)
				frappe.throw(_("{0} has no field {1}. Remove it from the request.").format(*names))
		return super().update({key: value for key, value in d.items() if key not in ROW_FIELDS})

	def insert(self, *args, **kwargs):
		"""Check the values (`require_fields`) and insert the document; raises ValidationError naming the field."""
		validation.require_fields(self)
		return self.insert_checked(*args, **kwargs)

	def save(self, ignore_permissions=None, *args, **kwargs):
		"""Check values, rows and the right to write the stored version, then save; new documents are inserted.

		Raises: ValidationError for a value or a row of another document; PermissionError unless `ignore_permissions`.
		"""
		if not self.is_new():
			validation.require_fields(self)
			self.refuse_rows_of_others()
			if not (ignore_permissions or self.flags.ignore_permissions):
				self.check_write_permission_on_stored_version()
		return self.save_checked(ignore_permissions, *args, **kwargs)

	def _validate(self):
		"""Convert rich text and addresses, escape tags in plain text, run Frappe's checks and sanitizer, then check lengths again.

		Plain text in rich-text fields becomes HTML, and Frappe stores embedded pictures as files. Here, because a completed
		activity is compared with its stored version before. Escaping and sanitizing may lengthen a text.

		Raises: CharacterLengthExceededError; ValidationError for HTML that is nested too deeply to be sanitized.
		"""
		rich_text.convert_fields(self)
		addresses.clean_fields(self)
		if validation.escape_tags(self):
			validation.require_room(self)  # Frappe's message on short fields doesn't say what to do
		try:
			super()._validate()
		except RecursionError:
			name = bold(_(self.doctype))
			frappe.throw(
				_("{0} contains HTML that is nested too deeply. Send plain text instead.").format(name),
				title=_("Check the Value"),
			)
		validation.require_room(self)

	def set_new_name(self, force=False, set_name=None, set_child_names=True):
		"""Generate the name, even if REST v2 sent one, which would block the series; `set_name` and conversions win."""
		if not self.flags.converted:
			self.flags.name_set = False
		return super().set_new_name(force=force, set_name=set_name, set_child_names=set_child_names)

	def after_delete(self):
		"""Undo Frappe's release of the last number: e-mails and printouts quote it, and its shares may still exist."""
		series = self.meta.autoname or ""
		if ".#" in series:
			_keep_number(NamingSeries(series).get_prefix(), self.name)

	def add_comment(self, comment_type="Comment", text=None, comment_email=None, comment_by=None):
		"""Add a comment, ignoring permissions, from server code only.

		Frappe's version is whitelisted, so REST clients could add any comment in any user's name.
		"""
		return super().add_comment(comment_type, text, comment_email, comment_by)

	def discard(self):
		"""Raise ValidationError: Frappe 16 would cancel any writable document without the checks of a save."""
		frappe.throw(
			_("{0} can't be discarded. Delete it instead.").format(bold(_(self.doctype))),
			title=_("Can't Be Discarded"),
		)

	def _rename(self, name, merge=False, force=False, validate_rename=True):
		"""Rename with all checks, which REST could skip, for example to merge into a document that the user can't read.

		Raises: ValidationError for an invalid name; PermissionError without write permission.
		"""
		if not (isinstance(name, str) and name.strip() and validation.is_name(name)):
			validation.refuse(_("Name"))
		self.check_write_permission_on_stored_version()
		return super()._rename(name, merge=merge, force=False, validate_rename=True)

	def insert_checked(self, *args, **kwargs):
		"""Call Frappe's `insert` after the checks; subclasses extend this method."""
		return super().insert(*args, **kwargs)

	def save_checked(self, *args, **kwargs):
		"""Call Frappe's `save` after the checks; subclasses extend this method."""
		return super().save(*args, **kwargs)

	def check_write_permission_on_stored_version(self):
		"""Raise PermissionError unless the user may write the stored document, even if permissions are ignored.

		Frappe checks the changed document, so submitted values could satisfy User Permissions and *If Owner*.
		"""
		frappe.has_permission(self.doctype, "write", self.name, throw=True)

	def refuse_rows_of_others(self):
		"""Raise ValidationError for a row with the name of another document's row, which a save would move here."""
		for df in self.meta.get_table_fields():
			sent = {row.name for row in self.get(df.fieldname) if row.name and not row.is_new()}
			if not sent:
				continue
			theirs = {"name": ("in", sorted(sent)), "parent": ("!=", self.name)}
			if foreign := frappe.get_all(df.options, theirs, pluck="name", limit=1):
				frappe.throw(
					_("Row {0} of {1} belongs to another document. Send new rows without a name.").format(
						bold(foreign[0]), bold(_(df.label))
					),
					title=_("Row of Another Document"),
				)


def _is_table(value) -> bool:
	return isinstance(value, list | tuple) and all(isinstance(row, dict | Document) for row in value)


def _keep_number(prefix: str, name: str) -> None:
	"""Undo Frappe's release of the last number of a series after a delete."""
	found = re.match(rf"{re.escape(prefix)}(\d+)", name)
	if not found:
		return
	number = int(found[1])
	series = frappe.qb.DocType("Series")
	given_back = (series.name == prefix) & (series.current == number - 1)
	frappe.qb.update(series).set(series.current, number).where(given_back).run()

"""Version: the logged changes of the app's documents can't be edited or deleted."""

from crm_interactions.recording import audit_trail


def validate(doc, method=None):
	if not doc.is_new() and doc.ref_doctype in audit_trail.KEPT_ON:
		audit_trail.refuse_change()


def on_trash(doc, method=None):
	if doc.ref_doctype in audit_trail.KEPT_ON:
		audit_trail.refuse_change()

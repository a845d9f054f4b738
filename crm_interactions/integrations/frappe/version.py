"""Version: the logged changes of the app's documents can't be edited or deleted."""

from crm_interactions.recording import audit_trail


def validate(doc, method=None):
	if doc.is_new() or doc.ref_doctype not in audit_trail.KEPT_ON:
		return
	audit_trail.refuse_change()


def on_trash(doc, method=None):
	if doc.ref_doctype not in audit_trail.KEPT_ON:
		return
	audit_trail.refuse_change()

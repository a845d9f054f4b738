"""Version: what was changed on a document of ours stays as it was noted."""

from crm_interactions.recording import audit_trail


def validate(doc, method=None):
	if doc.is_new() or doc.ref_doctype not in audit_trail.KEPT_ON:
		return
	audit_trail.keep_there()


def on_trash(doc, method=None):
	if doc.ref_doctype not in audit_trail.KEPT_ON:
		return
	audit_trail.keep_there()

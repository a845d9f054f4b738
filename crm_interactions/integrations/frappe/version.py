"""Version: what was changed on a document of ours stays as it was noted."""

from crm_interactions import trail


def validate(doc, method=None):
	if doc.is_new() or doc.ref_doctype not in trail.KEPT_ON:
		return
	trail.keep_there()


def on_trash(doc, method=None):
	if doc.ref_doctype not in trail.KEPT_ON:
		return
	trail.keep_there()

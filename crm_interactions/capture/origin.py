"""Origin of a captured interaction: the document that it was read from, in fields that only the server writes."""

FIELDS = ("source_type", "source", "source_key", "captured_values")


def keep_origin(doc, before) -> None:
	"""Restore the origin from the stored version; a new document gets `flags.captured_from`, which requests can't set."""
	if doc.meta.has_field("source_key"):
		known = before or doc.flags.captured_from or {}
		for field in FIELDS:
			doc.set(field, known.get(field))

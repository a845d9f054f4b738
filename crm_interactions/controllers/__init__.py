"""Base classes of the document types, and the validation of submitted values."""

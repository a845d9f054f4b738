"""The dossier of a chain: a PDF with all that the reader may see of it (B7)."""

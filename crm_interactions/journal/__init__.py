"""The journal: one row (*Activity Link*) for each activity, whatever its document type (B8)."""

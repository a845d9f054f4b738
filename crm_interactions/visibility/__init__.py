"""Who sees what: one predicate for lists, panels, counts and reports."""

"""Activity plans: steps that are planned together, moved together, and end with their chain (B9)."""

"""Hand-overs: a user's responsibilities pass to a colleague in one step, and the history stays (R26)."""

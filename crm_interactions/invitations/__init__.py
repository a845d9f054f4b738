"""Invitations to a meeting: the calendar's text, who is invited, what has changed since, and the mails (R13)."""

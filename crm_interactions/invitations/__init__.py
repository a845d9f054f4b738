"""Invitations to a meeting: calendar text, recipients, detection of changes, and e-mails (R13)."""

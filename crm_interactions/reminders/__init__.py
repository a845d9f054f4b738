"""Reminders and the daily digest, each sent once."""

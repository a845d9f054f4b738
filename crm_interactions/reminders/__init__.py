"""Reminders of activities and the daily digest, each sent once."""

"""Adapters for document types of Frappe and other apps, one module each; inactive if the app isn't installed."""

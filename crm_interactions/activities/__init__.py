"""The rules of the app's own activities: period, completion, review, dictionaries, functional options."""

"""Fill the columns *Contact Person* and *Dictionary Values* of existing journal rows; large types are left to jobs."""

from crm_interactions.recording import numbering


def execute():
	numbering.catch_up(has_new_columns=True)

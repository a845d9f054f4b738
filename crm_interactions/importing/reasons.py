"""Sentences for the reasons to leave out a row of another CRM's export: the problem, then the remedy."""

from frappe import _

from crm_interactions.importing import finding, readers
from crm_interactions.importing.readers import LeftOut


def explain(left_out: LeftOut) -> str:
	"""Return the reason in the session's language, as plain text."""
	return _sentences()[left_out.reason].format(value=left_out.value, expected=left_out.expected)


def _sentences() -> dict[str, str]:
	return {
		readers.MISSING: _("The value is missing. Fill in the column, or add it to the export."),
		readers.UNKNOWN: _(
			"{value} is none of the values that can be read: {expected}. Write one of them, or name one in names."
		),
		readers.NO_MOMENT: _("{value} is no date and time that can be read. Write 2024-03-31 14:30:00."),
		readers.NO_ZONE: _(
			"{value} names no time zone. Call the command with the file's, such as time_zone Europe/Zagreb."
		),
		readers.NO_DAY: _("{value} is no date that can be read. Write the year first: 2024-03-31."),
		readers.NO_TIME: _("{value} is no time of day. Write 14:30."),
		readers.NO_NUMBER: _("{value} is no whole number. Write digits only."),
		readers.NO_LENGTH: _(
			"{value} is no duration that can be read. Write hours, minutes and seconds: 1:05:00."
		),
		readers.TOO_MANY: _(
			"The row has more cells than the headings: {value}. Put texts with commas into quotation marks."
		),
		finding.NO_TYPE: _(
			"No enabled interaction type has the medium {expected}. Create or enable one, then convert again."
		),
		finding.NO_PARTNER: _(
			"No partner is found by {value}. Create it, give a contact the number or address, or name it in names."
		),
		finding.SEVERAL_PARTNERS: _(
			"{value} leads to several partners: {expected}. Name one of them in names."
		),
		finding.NO_CONTACT: _("The row names neither a person nor a number or address. Fill in one of them."),
		finding.NO_USER: _(
			"{value} is no user. Create the user, name another one in names, or leave the column empty."
		),
		finding.SEVERAL_USERS: _(
			"{value} is the name of several users: {expected}. Name one of them in names."
		),
	}

"""FCRM Note: a note in Frappe CRM."""

from crm_interactions.integrations.frappe_crm.references import REFERENCE, party_of
from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="FCRM Note", title=("title",), origins=(REFERENCE,), party_of=party_of, icon="edit", color="gray"
)

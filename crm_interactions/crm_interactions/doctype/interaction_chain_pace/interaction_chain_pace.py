import frappe
from frappe.model.document import Document


class InteractionChainPace(Document):
	"""Third quartiles of a kind of chains, from which a chain counts as slow. Only `insight.paces` writes these rows.

	The kind is plain text, a value of any property.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		days_between: DF.Float
		days_to_result: DF.Float
		days_we_take: DF.Float
		decided: DF.Int
		kind: DF.Data | None
		of_all_kinds: DF.Check
		of_claims: DF.Check
	# end: auto-generated types


def on_doctype_update():
	frappe.db.add_index("Interaction Chain Pace", ["kind"], "crm_chain_pace_kind")

"""Chains about claims, which figures keep apart from chains about deals."""

from frappe.query_builder.functions import Coalesce

from crm_interactions.activities import options
from crm_interactions.chains.results import CLAIM


def is_claim(chain):
	"""Return the condition of chains with a result or a subject of claims, over their table; it is never unknown."""
	of_claims = Coalesce(chain.result, "").isin(CLAIM)
	if claims := [row.subject_type for row in options.settings().subject_types if row.is_claim]:
		of_claims |= Coalesce(chain.subject_type, "").isin(claims)
	return of_claims

"""Medians by group, computed by the database."""

import frappe
from frappe.query_builder.functions import Avg
from pypika.analytics import Count as CountOver
from pypika.analytics import RowNumber


def select_medians(values, *keys: str):
	"""Return a query of the medians of the column `value`: the columns of `keys`, and `median`.

	Args:
		values: a query with an alias; none of its values is empty.
	"""
	by = [values[key] for key in keys]
	ranked = (
		frappe.qb.from_(values).select(
			*by,
			values.value,
			RowNumber().over(*by).orderby(values.value).as_("place_in_order"),
			CountOver(values.value).over(*by).as_("number"),
		)
	).as_("ranked")
	# the one in the middle, or the two of an even number
	middle = (ranked.place_in_order * 2 >= ranked.number) & (ranked.place_in_order * 2 <= ranked.number + 2)
	shown = [ranked[key] for key in keys]
	query = frappe.qb.from_(ranked).where(middle).groupby(*shown)
	return query.select(*shown, Avg(ranked.value).as_("median"))

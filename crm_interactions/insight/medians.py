"""Medians and other quantiles by group, computed by the database."""

import frappe
from frappe.query_builder.functions import Abs, Sum
from pypika.analytics import Count as CountOver
from pypika.analytics import RowNumber


def select_medians(values, *keys: str):
	"""Return a query of the medians of the column `value`: the columns of `keys`, and `median`.

	Args:
		values: a query with an alias; none of its values is empty.
	"""
	return select_quantiles(values, "median", 0.5, *keys)


def select_quantiles(values, label: str, q: float, *keys: str):
	"""Return a query of the quantiles of the column `value`: the columns of `keys`, and that of the label.

	A quantile between two values lies between them in proportion, as in NumPy's default.

	Args:
		values: a query with an alias; none of its values is empty.
		q: from 0 to 1.
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
	distance = Abs(ranked.place_in_order - 1 - (ranked.number - 1) * q)
	shown = [ranked[key] for key in keys]
	# one or two values are nearer to the place of the quantile than 1
	query = frappe.qb.from_(ranked).where(distance < 1).groupby(*shown)
	return query.select(*shown, Sum(ranked.value * (1 - distance)).as_(label))

"""Medians and other quantiles by group, computed by the database."""

import frappe
from frappe.query_builder import Case
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


def rank(values, value: str, *keys: str) -> tuple:
	"""Return two columns for `add_up`: the place of a value among those with the same keys, and the number of those.

	A further grouping, or other figures, can so be computed in the same pass as the medians.
	"""
	column = values[value]
	# databases don't agree whether missing values come first
	by = [*(values[key] for key in keys), Case().when(column.notnull(), 1).else_(0)]
	place = RowNumber().over(*by).orderby(column).as_("place_in_order")
	return place, CountOver(column).over(*by).as_("number_in_order")


def add_up(ranked, value: str, suffix: str = "") -> tuple:
	"""Return the sum of the values in the middle, `of_middle`, and their number, `in_middle`, over columns of `rank`.

	Args:
		suffix: of the columns' names.
	"""
	place, number = (ranked[f"{name}_in_order{suffix}"] for name in ("place", "number"))
	is_middle = ranked[value].notnull() & (place * 2 >= number) & (place * 2 <= number + 2)
	of_middle = Sum(Case().when(is_middle, ranked[value]).else_(0))
	in_middle = Sum(Case().when(is_middle, 1).else_(0))
	return of_middle.as_(f"of_middle{suffix}"), in_middle.as_(f"in_middle{suffix}")


def of_parts(rows: list[dict], suffix: str = "") -> float | None:
	"""Return the median of rows of `of_middle` and `in_middle`; None without a value."""
	number = sum(int(row[f"in_middle{suffix}"]) for row in rows)
	return sum(float(row[f"of_middle{suffix}"]) for row in rows) / number if number else None

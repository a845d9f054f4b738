"""Rows of the site as tables of pandas, and what several figures need of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import frappe
import pandas as pd

CHAIN, ROW = "Interaction Chain", "Activity Link"
DAY, HOUR = pd.Timedelta(1, "D"), pd.Timedelta(1, "h")
IN_TIME = ["activity_date", "creation", "name"]
MOMENTS = {
	*("activity_date", "creation", "due_until", "completed_on", "started_on", "starts_on"),
	*("last_activity_on", "result_on", "closed_on"),
}
OF_ROW = (
	*("name", "creation", "chain", "status", "activity_type", "activity", "activity_date", "due_until"),
	*("interaction_type", "direction", "outcome", "category", "responsible", "party_type", "party", "title"),
)
OF_CHAIN = (
	*("name", "title", "status", "responsible", "party_type", "party", "subject_type", "started_on"),
	*(
		"last_activity_on",
		"has_next_step",
		"result",
		"result_on",
		"result_amount",
		"result_currency",
		"closed_on",
	),
)
DOCUMENTS = ("Interaction", "Meeting", "Product Record")
CLAIMS = ("Resolved", "Not Resolved")


@dataclass(frozen=True)
class Period:
	"""Both days are included, as in the filters of a report."""

	from_date: str
	to_date: str

	@property
	def first(self) -> pd.Timestamp:
		return pd.Timestamp(self.from_date)

	@property
	def end(self) -> pd.Timestamp:
		return pd.Timestamp(self.to_date) + DAY

	@property
	def previous(self) -> "Period":
		"""The period of the same length before."""
		first, last = self.first - (self.end - self.first), self.first - DAY
		return Period(str(first.date()), str(last.date()))

	def has(self, moments: pd.Series) -> pd.Series:
		return (moments >= self.first) & (moments < self.end)


def export(doctype: str, fields: tuple[str, ...], filters: dict | None = None) -> pd.DataFrame:
	"""Return records as a table; an empty text is a missing one."""
	rows = frappe.get_all(doctype, filters or {}, [*fields], as_list=True, limit=0, order_by="name")
	found = pd.DataFrame([[*row] for row in rows], columns=[*fields], dtype=object)
	for field in fields:
		if field in MOMENTS:
			found[field] = pd.to_datetime(found[field], format="ISO8601")
	return found.replace({"": None})


def export_rows() -> pd.DataFrame:
	"""Return the activities that aren't cancelled, in order of time."""
	return export(ROW, OF_ROW, {"status": ("!=", "Cancelled")}).sort_values(IN_TIME, ignore_index=True)


def export_chains() -> pd.DataFrame:
	"""Return the chains, without merged ones."""
	found = export(CHAIN, OF_CHAIN, {"status": ("!=", "Merged")})
	found["result_amount"] = found.result_amount.astype(float)
	return found


def export_documents(*fields: str) -> pd.DataFrame:
	"""Return fields of the app's own activities, with `activity_type` and `activity`; missing fields are None."""
	found = []
	for doctype in DOCUMENTS:
		meta = frappe.get_meta(doctype)
		known = [field for field in fields if meta.has_field(field)]
		of_type = export(doctype, ("name", *known)).rename(columns={"name": "activity"})
		found.append(
			of_type.assign(activity_type=doctype).reindex(columns=["activity_type", "activity", *fields])
		)
	return pd.concat([part for part in found if len(part)] or found, ignore_index=True)


def is_claim(chains: pd.DataFrame) -> pd.Series:
	claims = [
		row.subject_type for row in frappe.get_doc("CRM Interactions Settings").subject_types if row.is_claim
	]
	return chains.result.isin(CLAIMS) | chains.subject_type.isin(claims)


def with_first(chains: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
	"""Return the chains with properties of their first activity."""
	first = rows.drop_duplicates("chain").rename(columns={"responsible": "first_responsible"})
	columns = ["chain", "category", "interaction_type", "activity_type", "direction", "first_responsible"]
	return chains.merge(first[columns].rename(columns={"chain": "name"}), how="left", on="name")


def passed(start: datetime, end: datetime) -> float:
	"""Return the seconds that really pass between two times of the site's clock."""
	zone = ZoneInfo(frappe.db.get_single_value("System Settings", "time_zone"))
	first, last = (
		pd.Timestamp(one).to_pydatetime().replace(tzinfo=zone).astimezone(UTC) for one in (start, end)
	)
	return (last - first).total_seconds()


def titles(party_type: str | None, names: list[str]) -> dict[str, str]:
	"""Return the titles of partners of a type by their names."""
	field = frappe.get_meta(party_type).get_title_field() if party_type else "name"
	rows = export(party_type, ("name", field) if field != "name" else ("name",)) if party_type else []
	return {row[0]: row[-1] or row[0] for row in rows.itertuples(index=False)} if len(rows) else {}

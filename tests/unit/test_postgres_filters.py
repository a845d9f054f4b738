"""Conditions on dates and numbers that PostgreSQL answers as MariaDB does."""

import pytest

from crm_interactions.platform.postgres_filters import BEFORE_ALL, restate

DAY, LATER = "2026-01-01", "2026-01-02"


@pytest.mark.parametrize(
	("fieldtype", "operator", "value", "expected"),
	[
		("Data", "in", ["a", ""], ("in", ["a", ""])),
		("Data", "is", "set", ("is", "set")),
		# dates
		*(("Date", "=", value, ("=", None)) for value in (None, "")),
		("Datetime", "!=", "", ("!=", None)),
		("Datetime", ">", DAY, (">", DAY)),
		("Date", "is", "set", ("!=", None)),
		("Date", "is", "not set", ("=", None)),
		("Datetime", "in", [None, ""], ("=", None)),
		("Datetime", "not in", [""], ("!=", None)),
		("Date", "not in", [DAY], ("!=", DAY)),
		("Date", "in", [DAY, LATER], ("in", [DAY, LATER])),
		("Date", "between", [DAY, LATER], ("between", [DAY, LATER])),
		# numbers
		("Int", "is", "set", ("!=", 0)),
		("Rating", "is", "not set", ("=", 0)),
		*(("Float", "!=", value, ("!=", 0)) for value in (None, "", "abc", "nan", "inf")),
		("Rating", ">", "0.5", (">", 0.5)),
		("Check", "=", True, ("=", 1)),
		("Check", "<", 10**12, ("<", 2**15 - 1)),
		("Int", "in", ["1", None], ("in", [1, 0])),
		("Int", "in", ["0.5", 1, 2], ("in", [1, 2])),
		("Int", "in", ["0.5"], ("=", 0.5)),
		("Currency", "in", ["0.5", "a"], ("in", [0.5, 0])),
		("Duration", "not in", [60, "60"], ("!=", 60)),
		# a time of day
		("Time", "=", "08:00:00", ("=", "08:00:00")),
		("Time", "not in", ["08:00:00"], ("!=", "08:00:00")),
	],
)
def test_a_condition_is_restated(fieldtype, operator, value, expected):
	assert restate(fieldtype, operator, value) == expected


@pytest.mark.parametrize(
	("operator", "value", "expected"),
	[
		("=", None, ("=", BEFORE_ALL)),
		(">", "", (">", BEFORE_ALL)),
		("is", "set", ("!=", BEFORE_ALL)),
		("in", [None, DAY], ("in", [BEFORE_ALL, DAY])),
	],
)
def test_a_date_that_is_never_blank_is_compared_with_a_day_before_all(operator, value, expected):
	assert restate("Datetime", operator, value, is_mandatory=True) == expected


@pytest.mark.parametrize(
	("fieldtype", "operator", "value"),
	[
		("Date", "in", [DAY, None]),
		("Date", "not in", [DAY, LATER]),
		("Int", "not in", [1, 2]),
		("Int", "like", "%1%"),
		("Datetime", "not like", DAY),
		("Time", "is", "set"),
		("Time", "in", [None]),
	],
)
def test_a_condition_without_an_equal_one_is_refused(fieldtype, operator, value):
	assert restate(fieldtype, operator, value) is None

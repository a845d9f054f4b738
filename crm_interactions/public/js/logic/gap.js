/** Time between two activities in natural language. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `below` is the count at which the next unit takes over: 11 days, but 3 weeks; 20 months, but 2 years. */
const UNITS = [
	{ unit: "minute", seconds: MINUTE, below: 60 },
	{ unit: "hour", seconds: HOUR, below: 24 },
	{ unit: "day", seconds: DAY, below: 14 },
	{ unit: "week", seconds: 7 * DAY, below: 9 },
	{ unit: "month", seconds: 30.4375 * DAY, below: 24 },
	{ unit: "year", seconds: 365.25 * DAY, below: Infinity },
];

/**
 * Return { count, unit } of a time in seconds, rounded to the nearest count; null for less than a minute.
 *
 * The unit is minute, hour, day (to 13), week (to 8), month (to 23) or year.
 */
export function gap_of(seconds) {
	if (!(seconds >= MINUTE)) return null;
	for (const { unit, seconds: length, below } of UNITS) {
		const count = Math.round(seconds / length);
		if (count < below) return { count, unit };
	}
	return null;
}

/** Return a time in seconds as translated text such as "3 weeks later", or "" for less than a minute. */
export function gap_text(seconds, __) {
	const gap = gap_of(seconds);
	if (!gap) return "";
	const { count, unit } = gap;
	if (count === 1) {
		return {
			minute: () => __("1 minute later"),
			hour: () => __("1 hour later"),
			day: () => __("1 day later"),
		}[unit]();
	}
	return {
		minute: () => __("{0} minutes later", [count]),
		hour: () => __("{0} hours later", [count]),
		day: () => __("{0} days later", [count]),
		week: () => __("{0} weeks later", [count]),
		month: () => __("{0} months later", [count]),
		year: () => __("{0} years later", [count]),
	}[unit]();
}

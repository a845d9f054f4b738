/** What the bars of a day show: the question for the server, the hours in sight, and the words. */

// the hours in sight, unless more is in use
const FIRST_HOUR = 7;
const LAST_HOUR = 20;
const OURS = ["User", "Employee"];

/** Return the arguments of `api.meeting.get_availability` for a meeting's values; null without a start. */
export function question_of(doc) {
	if (!doc.starts_on) return null;
	const colleagues = (doc.participants || []).filter(
		(row) => OURS.includes(row.participant_type) && row.participant
	);
	const people = [
		...(doc.responsible ? [["User", doc.responsible]] : []),
		...colleagues.map((row) => [row.participant_type, row.participant]),
	];
	const resources = (doc.resources || []).filter((row) => row.resource).map(booking_of);
	return {
		starts_on: doc.starts_on,
		ends_on: doc.ends_on || null,
		duration: doc.duration || null,
		people: JSON.stringify(people),
		resources: JSON.stringify(resources),
		...(doc.__islocal || !doc.name ? {} : { meeting: doc.name }),
	};
}

/** Return a resource with its own time, if it has one. */
function booking_of({ resource, own_time, booked_from, booked_to, __islocal }) {
	const has_own = booked_from && booked_to && (own_time || __islocal);
	return has_own ? [resource, booked_from, booked_to] : [resource];
}

/**
 * Return the part of the day that is drawn, as minutes { begins, ends }, with its `hours`.
 *
 * It has the usual working day, the chosen time, and all busy times, up to full hours.
 */
export function span_of({ hours, chosen, rows, length }) {
	const used = [chosen, ...rows.flatMap(({ busy, chosen: own }) => [...busy, own])].filter(Boolean);
	const usual = hours.filter(({ label }) => [FIRST_HOUR, LAST_HOUR].includes(parseInt(label, 10)));
	const first = Math.min(...usual.map(({ minute }) => minute), ...used.map(({ begins }) => begins));
	const last = Math.max(...usual.map(({ minute }) => minute), ...used.map(({ ends }) => ends));
	const begins = Math.max(0, ...hours.map(({ minute }) => minute).filter((minute) => minute <= first));
	const ends = Math.min(length, ...hours.map(({ minute }) => minute).filter((minute) => minute >= last));
	return {
		begins,
		ends,
		hours: hours.filter(({ minute }) => minute >= begins && minute <= ends),
	};
}

/** Return where a period is drawn within a span, as `left` and `width` in per cent; null outside. */
export function place_of({ begins, ends }, span) {
	const from = Math.max(begins, span.begins);
	const to = Math.min(ends, span.ends);
	if (to <= from) return null;
	const share = 100 / (span.ends - span.begins);
	return { left: (from - span.begins) * share, width: (to - from) * share };
}

/** Return "busy", "closed" or "free" for a row at the chosen time. */
export function state_of({ busy, closed }) {
	if (busy.some(({ clash }) => clash)) return "busy";
	return closed.some(({ clash }) => clash) ? "closed" : "free";
}

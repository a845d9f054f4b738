/** The bars of a chain's Gantt chart. Times are texts of the site's clock. */

import { row_state } from "./chain.js";

const DAY = 24 * 3600 * 1000;
// scales of the library from the widest one on, with its pixels for a day
const SCALES = [
	{ mode: "Quarter Day", pixels: 152 },
	{ mode: "Half Day", pixels: 76 },
	{ mode: "Day", pixels: 38 },
	{ mode: "Week", pixels: 20 },
	{ mode: "Month", pixels: 4 },
];
// of the shortest bar, to be seen and clicked
const SHORTEST = 12;

/**
 * Return the bars of journal rows, the earliest first, and the scale that shows them; null without any.
 *
 * @param rows rows with activity_date, and ends_on if known; those that were cancelled or have no time are left out
 * @param width pixels for the bars of all days
 * @returns { mode, tasks }: tasks with row, start, end and state (done, planned, late)
 */
export function gantt_of(rows, now, width) {
	const found = rows
		.map((row) => ({ row, start: time_of(row.activity_date), end: time_of(row.ends_on) }))
		.map((task) => ({ ...task, state: row_state(task.row, now) }))
		.filter(({ start, state }) => start !== null && state !== "cancelled")
		.sort((one, other) => one.start - other.start);
	if (!found.length) return null;
	const ends = found.map(({ start, end }) => Math.max(start, end ?? start));
	const days = (Math.max(...ends) - found[0].start) / DAY + 1;
	const { mode, pixels } = SCALES.find((scale) => days * scale.pixels <= width) || SCALES.at(-1);
	const tasks = found.map(({ row, start, state }, place) => ({
		...{ row, state, start: text_of(start) },
		end: text_of(Math.max(ends[place], start + (SHORTEST / pixels) * DAY)),
	}));
	return { mode, tasks };
}

/** Return a time as milliseconds of a clock without changes, or null. */
function time_of(text) {
	const parts = /^(\d+)-(\d+)-(\d+)[ T](\d+):(\d+):(\d+)/.exec(text || "");
	if (!parts) return null;
	const [year, month, ...others] = parts.slice(1).map(Number);
	return Date.UTC(year, month - 1, ...others);
}

const text_of = (time) => new Date(time).toISOString().slice(0, 19).replace("T", " ");

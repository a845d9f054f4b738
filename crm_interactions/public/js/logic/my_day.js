/** Decisions of My Day without the Desk: order of rows, texts of times, choices of the snooze menu. Labels are English. */

export const SECTIONS = {
	late: { label: "Late", empty: "Nothing is late." },
	today: { label: "Today", empty: "Nothing else today." },
	tomorrow: { label: "Tomorrow", empty: "Nothing tomorrow." },
	week: { label: "Next 7 Days", empty: "Nothing in the days after." },
	no_step: { label: "Without Next Step", empty: "Each open chain has a next step." },
};

export const SNOOZES = [
	{ to: "hour", label: "In 1 Hour" },
	{ to: "tomorrow", label: "Tomorrow at 9:00" },
	{ to: "week", label: "In 1 Week" },
];

/** Return the index of the selected row after the key j (next) or k (previous); -1 without rows. */
export function stepped(index, key, length) {
	if (!length) return -1;
	const next = key === "j" ? index + 1 : Math.max(index, 0) - 1;
	return Math.min(Math.max(next, 0), length - 1);
}

/** Return whether a planned row has a day and no time of day. */
export const is_all_day = ({ activity_date, due_until }) => Boolean(due_until) && due_until !== activity_date;

/** Return whether a row is a chain, not an activity. */
export const is_chain = (row) => !row.activity;

/** Return what can be done with a row: `finish` (the dialog), `close` (a status) or `plan`, and `snooze`. */
export function ways_of(row, can_write) {
	if (is_chain(row)) return { plan: can_write("Interaction") };
	const writes = can_write(row.activity_type);
	return {
		finish: writes && ["Interaction", "Meeting"].includes(row.activity_type),
		close: writes && Boolean(row.done_status),
		snooze: writes && row.may_snooze,
	};
}

/** Return the number of a count that may end with a plus, such as "500+". */
export const number_of = (count) => parseInt(count, 10) || 0;

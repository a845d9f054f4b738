/** What a chain and its activities look like; pure, the words are translated by whoever shows them. */

const ROW_STATES = {
	late: { label: "Late", color: "red" },
	planned: { label: "Planned", color: "blue" },
	done: { label: "Done", color: "green" },
	cancelled: { label: "Cancelled", color: "gray" },
};

/** How a row of the journal stands: what was planned and hasn't come about is late. */
export function row_state({ status, activity_date }, now) {
	if (status === "Planned") return activity_date && activity_date < now ? "late" : "planned";
	return status === "Cancelled" ? "cancelled" : "done";
}

export const look_of_row = (state) => ROW_STATES[state];

const CHAIN_COLORS = { Open: "blue", Closed: "gray", Merged: "light-gray" };

export const chain_color = (status) => CHAIN_COLORS[status] || "gray";

/** An open chain in which nothing is planned raises its hand (R23). */
export function raises_hand({ status, next_step_on }) {
	return status === "Open" && !next_step_on;
}

/** Show these kinds and no others; a kind that is chosen again is given up, and none means all. */
export function toggled(kinds, kind) {
	return kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];
}

/**
 * The newest rows only, and below them the one that the user is at.
 *
 * @param most how many are shown; 0 for all. One more is shown instead of a button that would uncover it.
 */
export function fold(rows, most, is_current) {
	if (!most || rows.length <= most + 1) return { shown: rows, below: [] };
	return { shown: rows.slice(0, most), below: rows.slice(most).filter(is_current) };
}

/** What else hangs on a chain, in the order of the registered types; a row's own kind counts from two on (R18). */
export function badges_of(counts, types, own) {
	return types
		.map((type) => ({ ...type, count: (counts || {})[type.doctype] || 0 }))
		.filter(({ doctype, count }) => count > (doctype === own ? 1 : 0));
}

/**
 * The activity that stands for a chain when the chain itself is linked: its newest of the app's own kinds, because those
 * have a partner, otherwise its newest; what is cancelled only where there is nothing else.
 *
 * @param rows activities that the user may read, newest first
 * @param own_kinds document types of the app itself
 * @returns { activity_type, activity }, or null for a chain without any
 */
export function anchor_of(rows, own_kinds) {
	const alive = rows.filter(({ status }) => status !== "Cancelled");
	const found = alive.find(({ activity_type }) => own_kinds.includes(activity_type)) || alive[0] || rows[0];
	return found ? { activity_type: found.activity_type, activity: found.activity } : null;
}

/** The arguments that answer the questions of a preview. */
export function answers_to(questions) {
	return Object.fromEntries((questions || []).map(({ argument }) => [argument, 1]));
}

/** Which row is selected after a key; -1 stands for none. */
export function moved_selection(index, key, length) {
	if (!length) return -1;
	if (key === "ArrowDown") return Math.min(index + 1, length - 1);
	if (key === "ArrowUp") return Math.max(index - 1, 0);
	if (key === "PageDown") return Math.min(Math.max(index, 0) + 5, length - 1);
	if (key === "PageUp") return Math.max(index - 5, 0);
	return index;
}

/** The views of the list of chains; `days` is for the silent ones. */
export function chain_views({ user, since }) {
	return {
		open: [["status", "=", "Open"]],
		without_next_step: [
			["status", "=", "Open"],
			["next_step_on", "is", "not set"],
		],
		silent: [
			["status", "=", "Open"],
			["last_activity_on", "<", since],
		],
		mine: [
			["responsible", "=", user],
			["status", "=", "Open"],
		],
	};
}

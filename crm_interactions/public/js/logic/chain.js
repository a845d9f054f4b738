/** State and presentation of chains and their activities. Labels are English; callers translate them. */

import { is_late } from "./status.js";

const ROW_STATES = {
	late: { label: "Late", color: "red" },
	planned: { label: "Planned", color: "blue" },
	done: { label: "Done", color: "green" },
	cancelled: { label: "Cancelled", color: "gray" },
};

/** Return late, planned, done or cancelled, the state of a journal row. */
export function row_state(row, now) {
	const { status } = row;
	if (status === "Planned") return is_late(row, now) ? "late" : "planned";
	return status === "Cancelled" ? "cancelled" : "done";
}

export const look_of_row = (state) => ROW_STATES[state];

const CHAIN_COLORS = { Open: "blue", Closed: "gray", Merged: "light-gray" };

export const chain_color = (status) => CHAIN_COLORS[status] || "gray";

/** Return whether a chain is open and has no planned activity (R23). */
export function lacks_next_step({ status, next_step_on }) {
	return status === "Open" && !next_step_on;
}

export const NO_STEP = "No Next Step";

/** Return whether a chain is slower than its kind, not only without a next step (B5). */
export const is_slow = ({ slow, slow_reason }) => Boolean(slow) && slow_reason !== NO_STEP;

const SHORT_REASONS = {
	"Waiting for Us Longer Than Usual": "Waiting for Us",
	"Silent Longer Than Usual": "Silent",
	"Open Longer Than Usual": "Open Long",
};

/** Return a reason in few letters, for lists. */
export const short_reason = (reason) => SHORT_REASONS[reason] || reason;

/** Return since when a slow chain takes longer than usual, by its reason. */
export function slow_since({ slow_reason, turn_since, last_activity_on, started_on }) {
	return {
		"Waiting for Us Longer Than Usual": turn_since,
		"Silent Longer Than Usual": last_activity_on,
		"Open Longer Than Usual": started_on,
	}[slow_reason];
}

/** Return the kinds to show after a kind is clicked: it is added, or removed if present; an empty list means all. */
export function toggled(kinds, kind) {
	return kinds.includes(kind) ? kinds.filter((other) => other !== kind) : [...kinds, kind];
}

/** Return types with `count` for a row's badges, in the given order, without 0; its own type needs at least 2 (R18). */
export function badges_of(counts, types, own) {
	return types
		.map((type) => ({ ...type, count: (counts || {})[type.doctype] || 0 }))
		.filter(({ doctype, count }) => count > (doctype === own ? 1 : 0));
}

/**
 * Return the activity that represents a chain when the chain itself is linked: the newest one of the app's own types,
 * because these have a partner, else the newest one. Cancelled activities are the last resort.
 *
 * @param rows activities that the user may read, newest first
 * @param own_kinds the app's document types
 * @returns { activity_type, activity }, or null for an empty chain
 */
export function anchor_of(rows, own_kinds) {
	const alive = rows.filter(({ status }) => status !== "Cancelled");
	const found = alive.find(({ activity_type }) => own_kinds.includes(activity_type)) || alive[0] || rows[0];
	return found ? { activity_type: found.activity_type, activity: found.activity } : null;
}

/** Return { argument: 1 } for each question of a preview, which confirms them all; {} without questions. */
export function answers_to(questions) {
	return Object.fromEntries((questions || []).map(({ argument }) => [argument, 1]));
}

/**
 * Return the index of the selected row after an arrow key (1 row) or page key (5), within the list; other keys keep it.
 *
 * -1 means that no row is selected; each of these keys then selects a row, if there is one.
 */
export function moved_selection(index, key, length) {
	if (!length) return -1;
	if (key === "ArrowDown") return Math.min(index + 1, length - 1);
	if (key === "ArrowUp") return Math.max(index - 1, 0);
	if (key === "PageDown") return Math.min(Math.max(index, 0) + 5, length - 1);
	if (key === "PageUp") return Math.max(index - 5, 0);
	return index;
}

/** Return filters of open chains by view: open, without_next_step, slow, silent (last activity before `since`) and mine. */
export function chain_views({ user, since }) {
	return {
		open: [["status", "=", "Open"]],
		without_next_step: [
			["status", "=", "Open"],
			["has_next_step", "=", 0],
		],
		slow: [
			["status", "=", "Open"],
			["slow", "=", 1],
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

/**
 * Derive the state of an activity for lists, forms and calendars (R10).
 *
 * Datetimes are Frappe's strings ("2026-11-21 09:00:00", system time), which compare as text.
 */
const STATES = {
	late: { label: "Late", color: "red", icon: "es-line-overdue" },
	planned: { label: "Planned", color: "blue", icon: "es-line-time" },
	held: { label: "Done", color: "green", icon: "es-line-tick" },
	completed: { label: "Done", color: "green", icon: "es-line-lock" },
	not_held: { label: "Not Held", color: "orange", icon: "es-line-close" },
	cancelled: { label: "Cancelled", color: "gray", icon: "es-line-close" },
};

/** Return whether an activity or a journal row is late: planned, and the time or the day for which it is planned is over. */
export function is_late({ status, due_until }, now) {
	return status === "Planned" && Boolean(due_until) && due_until < now;
}

export function state_of(doc, now) {
	const { status, completed } = doc;
	if (status === "Planned") return is_late(doc, now) ? "late" : "planned";
	if (status === "Not Held") return "not_held";
	if (status === "Cancelled") return "cancelled";
	return completed ? "completed" : "held";
}

/** Return English label, colour and icon of a state; undefined for an unknown one. */
export function look_of(state) {
	return STATES[state];
}

/** Return the filters that match exactly the activities in a state; `now` separates late from planned ones. */
export function conditions_of(state, now) {
	return {
		late: [
			["status", "=", "Planned"],
			["due_until", "<", now],
		],
		planned: [
			["status", "=", "Planned"],
			["due_until", ">=", now],
		],
		held: [
			["status", "=", "Held"],
			["completed", "=", 0],
		],
		completed: [
			["status", "=", "Held"],
			["completed", "=", 1],
		],
		not_held: [["status", "=", "Not Held"]],
		cancelled: [["status", "=", "Cancelled"]],
	}[state];
}

/** Return conditions as route options in the form in which both versions of Frappe accept two on one field. */
export function as_route_options(conditions) {
	const options = {};
	for (const [field, ...condition] of conditions) (options[field] ||= []).push(JSON.stringify(condition));
	return options;
}

/** Return filters in the text form of Frappe's indicators: field,operator,value|field,operator,value. */
export function as_filter_text(conditions) {
	return conditions.map((condition) => condition.join(",")).join("|");
}

/**
 * Return the last moment at which an activity isn't late: its start or, without a time of day, the end of the day.
 *
 * Midnight on the user's clock or the site's is no time of day. The server uses the same rule (`clock/timeline.py`).
 *
 * @param clock functions `to_user` and `to_system` from one time to the other
 */
export function due_until(starts_on, { to_user, to_system }) {
	const shown = to_user(starts_on);
	const day = [shown, starts_on].find((text) => /[ T]00:00:00/.test(text));
	return day ? to_system(`${day.slice(0, 10)} 23:59:59`) : starts_on;
}

/** Return the default status: Planned while the activity is still due, else Held. The server uses the same rule. */
export function proposed_status(starts_on, now, clock) {
	return starts_on && due_until(starts_on, clock) > now ? "Planned" : "Held";
}

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

export function state_of({ status, starts_on, completed }, now) {
	if (status === "Planned") return starts_on && starts_on < now ? "late" : "planned";
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
			["starts_on", "<", now],
		],
		planned: [
			["status", "=", "Planned"],
			["starts_on", ">=", now],
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

/** Return filters in the text form of Frappe's indicators: field,operator,value|field,operator,value. */
export function as_filter_text(conditions) {
	return conditions.map((condition) => condition.join(",")).join("|");
}

/** Return the default status: Planned for a start in the future, else Held. The server uses the same rule. */
export function proposed_status(starts_on, now) {
	return starts_on && starts_on > now ? "Planned" : "Held";
}

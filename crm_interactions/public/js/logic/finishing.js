import { result_args } from "./result.js";

/** The three ways to finish an activity (B3). */
const WAYS = [
	{ key: "nothing", label: "Done", hint: "Nothing more is planned.", icon: "es-line-tick" },
	{ key: "plan", label: "Done & Plan Next", hint: "The next step is planned now.", icon: "es-line-time" },
	{ key: "close", label: "Done & Close Chain", hint: "Contact ends here.", icon: "es-line-lock" },
];
const PLAN = ["next_type", "next_title", "next_in", "next_unit", "next_on"];

/** Return whether the panel and the calendar offer to finish an activity: a planned one of the app's own types. */
export function can_finish({ activity_type, status, completed }) {
	return (
		["Interaction", "Meeting"].includes(activity_type) && status === "Planned" && !Number(completed || 0)
	);
}

/** Return the available ways: an activity of a closed chain can only be done. */
export function ways_for({ chain_status }) {
	return chain_status && chain_status !== "Open" ? WAYS.slice(0, 1) : WAYS;
}

/** Return the key of the preselected way: "plan", or "nothing" if a next step exists or the chain is closed. */
export function first_way(known) {
	return ways_for(known).length > 1 && !known.next_activity ? "plan" : "nothing";
}

/** Return the non-empty values of the plan; a date replaces number and unit, and a unit needs a number. */
export function plan_of(values) {
	const plan = {};
	for (const field of PLAN) {
		if (values[field]) plan[field] = values[field];
	}
	if (plan.next_on) delete plan.next_in;
	if (!plan.next_in) delete plan.next_unit;
	return plan;
}

/** Return the arguments of `complete`, except the activity; blank values, and those of other ways, are null. */
export function finishing_args(way, values) {
	return {
		outcome: values.outcome || null,
		note: values.note || null,
		then: way,
		next: way === "plan" ? plan_of(values) : null,
		reason: way === "close" ? values.reason || null : null,
		...result_args(way === "close" ? values : {}),
	};
}

/** Return { next_in: null } after a date was entered, { next_on: null } after a number or its unit, {} otherwise. */
export function after_entering(fieldname, values) {
	if (fieldname === "next_on" && values.next_on) return { next_in: null };
	if (["next_in", "next_unit"].includes(fieldname) && values.next_in) return { next_on: null };
	return {};
}

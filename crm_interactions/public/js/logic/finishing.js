/** Three ways to finish an activity, side by side (B3); what each sends to the server. */
const WAYS = [
	{ key: "nothing", label: "Done", hint: "Nothing more is planned.", icon: "es-line-tick" },
	{ key: "plan", label: "Done & Plan Next", hint: "The next step is planned now.", icon: "es-line-time" },
	{ key: "close", label: "Done & Close Chain", hint: "Contact ends here.", icon: "es-line-lock" },
];
const PLAN = ["next_type", "next_title", "next_in", "next_unit", "next_on"];

/** What the panel and the calendar offer to finish: our own activities that are still to be done. */
export function can_finish({ activity_type, status, completed }) {
	return (
		["Interaction", "Meeting"].includes(activity_type) && status === "Planned" && !Number(completed || 0)
	);
}

/** The ways that are open: a chain that is closed takes no plan, and can't be closed again. */
export function ways_for({ chain_status }) {
	return chain_status && chain_status !== "Open" ? WAYS.slice(0, 1) : WAYS;
}

/** The way that is proposed: to plan the next step, unless it is planned already or none can be. */
export function first_way(known) {
	return ways_for(known).length > 1 && !known.next_activity ? "plan" : "nothing";
}

/** What is planned: a date says it all, so a number beside it isn't sent. */
export function plan_of(values) {
	const plan = {};
	for (const field of PLAN) {
		if (values[field]) plan[field] = values[field];
	}
	if (plan.next_on) delete plan.next_in;
	if (!plan.next_in) delete plan.next_unit;
	return plan;
}

/** The arguments of `complete` beside the activity itself. */
export function finishing_args(way, values) {
	return {
		outcome: values.outcome || null,
		note: values.note || null,
		then: way,
		next: way === "plan" ? plan_of(values) : null,
		reason: way === "close" ? values.reason || null : null,
	};
}

/** A number and a date contradict each other: whichever was entered last stays. */
export function after_entering(fieldname, values) {
	if (fieldname === "next_on" && values.next_on) return { next_in: null };
	if (["next_in", "next_unit"].includes(fieldname) && values.next_in) return { next_on: null };
	return {};
}

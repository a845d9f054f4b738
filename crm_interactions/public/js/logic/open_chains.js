/**
 * Return "late" for a chain whose next step is past, "due" if it is due today, else "".
 *
 * @param clock `now`, and `day_start` and `day_end` of the user's day, as stored; a step at midnight has no time, so it
 * is due all day
 */
export function urgency_of({ next_step_on }, { now, day_start, day_end }) {
	if (!next_step_on || next_step_on > day_end) return "";
	return next_step_on < (next_step_on.includes(" 00:00:00") ? day_start : now) ? "late" : "due";
}

/** Return the name of the only chain that is late or due today, or "" for a new chain. */
export function proposed_chain(chains, clock) {
	const urgent = chains.filter((chain) => urgency_of(chain, clock));
	return urgent.length === 1 ? urgent[0].name : "";
}

import { due_until } from "./status.js";

/**
 * Return "late" for a chain whose next step is past, "due" if it is due today, else "".
 *
 * @param clock `now` and `end_of_day` of the user, as stored, and the functions of `due_until`
 */
export function urgency_of({ next_step_on }, clock) {
	const until = next_step_on && due_until(next_step_on, clock);
	if (!until || until >= clock.end_of_day) return "";
	return until < clock.now ? "late" : "due";
}

/** Return the name of the only chain that is late or due today, or "" for a new chain. */
export function proposed_chain(chains, clock) {
	const urgent = chains.filter((chain) => urgency_of(chain, clock));
	return urgent.length === 1 ? urgent[0].name : "";
}

/** Counts, arguments and progress of a hand-over. */

const PARTS = [
	["activities", "Activities"],
	["next_steps", "Planned Next Steps"],
	["chains", "Chains"],
	["assignments", "Assignments"],
];
const FOLLOWING = [
	["reminders", "Pending Reminders"],
	["bookings", "Bookings"],
	["calendar_entries", "Calendar Entries"],
];

/**
 * Return the counts of a preview with English labels; missing counts are 0.
 *
 * @param counts answer of `preview_hand_over`
 * @returns { parts, following } with rows of { key, label, count }; `following` leaves out zero counts
 */
export function preview_of(counts) {
	const named = ([key, label]) => ({ key, label, count: Number(counts[key]) || 0 });
	return {
		parts: PARTS.map(named),
		following: FOLLOWING.map(named).filter(({ count }) => count),
	};
}

/** Return the arguments of `hand_over`, without empty fields or an incomplete partner; `open_only` is 0 or 1. */
export function hand_over_args({
	from_user,
	to_user,
	party_type,
	party,
	chain,
	interaction_type,
	open_only,
}) {
	const args = { from_user, open_only: open_only ? 1 : 0 };
	if (to_user) args.to_user = to_user;
	if (party && party_type) Object.assign(args, { party_type, party });
	if (chain) args.chain = chain;
	if (interaction_type) args.interaction_type = interaction_type;
	return args;
}

/** Return whether there are two different users and at least one document to hand over. */
export function can_be_sent({ from_user, to_user }, counts) {
	return Boolean(from_user && to_user && from_user !== to_user && counts && counts.total);
}

export const STATUS_COLORS = {
	Queued: "blue",
	Running: "orange",
	Done: "green",
	Undone: "gray",
	Failed: "red",
};

/** Return the progress in per cent, or that of undoing; documents left or kept count as processed; 0 without any. */
export function percent_of({ undoing, total, done_count, left_count, undone_count, kept_count }) {
	const [all, done] = Number(undoing)
		? [Number(done_count), Number(undone_count) + Number(kept_count)]
		: [Number(total), Number(done_count) + Number(left_count)];
	return all ? Math.min(100, Math.round((done * 100) / all)) : 0;
}

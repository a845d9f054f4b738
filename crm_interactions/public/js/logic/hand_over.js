/** What a hand-over is about, as numbers with their names; pure. */

const PARTS = [
	["activities", "Activities"],
	["next_steps", "Planned Next Steps"],
	["chains", "Chains"],
	["assignments", "Assignments"],
];
const FOLLOWING = [
	["reminders", "Reminders to Come"],
	["bookings", "Bookings"],
	["calendar_entries", "Calendar Entries"],
];

/**
 * @param counts what the server's preview answers
 * @return `parts` that are handed over and `following` that go with them, each { key, label, count }; of the second
 *   only what there is
 */
export function preview_of(counts) {
	const named = ([key, label]) => ({ key, label, count: Number(counts[key]) || 0 });
	return {
		parts: PARTS.map(named),
		following: FOLLOWING.map(named).filter(({ count }) => count),
	};
}

/** What the dialog sends; empty fields and half a partner are left out. */
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

/** Nothing to hand over, nobody to take over, or one and the same: the button waits. */
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

/** How much of it is done, in per cent. */
export function percent_of({ undoing, total, done_count, left_count, undone_count, kept_count }) {
	const [all, done] = Number(undoing)
		? [Number(done_count), Number(undone_count) + Number(kept_count)]
		: [Number(total), Number(done_count) + Number(left_count)];
	return all ? Math.min(100, Math.round((done * 100) / all)) : 0;
}

/** The saved views that the platform's saved filters can't hold, because they move with the user and the clock. */

export function saved_views({ user, now, use_reviewed }) {
	const views = [
		{ key: "mine", label: "My Activities", filters: [["responsible", "=", user]] },
		{
			key: "late",
			label: "Late",
			filters: [
				["status", "=", "Planned"],
				["starts_on", "<", now],
			],
		},
	];
	if (use_reviewed) {
		views.push({
			key: "to_review",
			label: "To Review",
			filters: [
				["status", "=", "Held"],
				["reviewed", "=", 0],
			],
		});
	}
	return views;
}

/** A row stands out until it is reviewed, where the site reviews at all (R12). */
export function stands_out(doc, { use_reviewed }) {
	return Boolean(use_reviewed) && !Number(doc.reviewed);
}

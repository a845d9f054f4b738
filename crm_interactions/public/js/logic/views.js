import { conditions_of } from "./status.js";

/** Views that depend on the user and the time, which Frappe's saved filters can't express. */

export function saved_views({ user, now, end_of_day, use_reviewed, use_under_control, is_journal }) {
	const done = is_journal ? "Done" : "Held";
	const views = [
		{ key: "mine", label: "Mine", filters: [["responsible", "=", user]] },
		{
			key: "due_today",
			label: "Due Today",
			filters: [
				["responsible", "=", user],
				["status", "=", "Planned"],
				["due_until", ">=", now],
				["due_until", "<", end_of_day],
			],
		},
		{ key: "late", label: "Late", filters: conditions_of("late", now) },
	];
	if (use_reviewed) {
		const filters = [
			["status", "=", done],
			["reviewed", "=", 0],
		];
		// other types in the journal are never reviewed
		if (is_journal) filters.push(["activity_type", "in", ["Interaction", "Meeting"]]);
		views.push({ key: "to_review", label: "To Review", filters });
	}
	if (use_under_control) {
		views.push({ key: "under_control", label: "Under Control", filters: [["under_control", "=", 1]] });
	}
	return views;
}

/** Return whether a row of any status is highlighted as unreviewed; only if the site uses reviews (R12). */
export function stands_out(doc, { use_reviewed }) {
	return Boolean(use_reviewed) && !Number(doc.reviewed);
}

/** Return { kind, day }: "control", whose day may be null, else "again" for a repeated review; null for neither. */
export function supervisors_day(doc, { use_reviewed, use_under_control }) {
	if (use_under_control && Number(doc.under_control))
		return { kind: "control", day: doc.control_on || null };
	if (use_reviewed && Number(doc.reviewed) && doc.review_again_on) {
		return { kind: "again", day: doc.review_again_on };
	}
	return null;
}

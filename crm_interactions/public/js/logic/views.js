import { conditions_of } from "./status.js";

/** Views that depend on the user and the time, which Frappe's saved filters can't express. */

/**
 * Return the views of a list: `key`, English `label`, `filters`, and `sort`, "asc" if the latest work comes first.
 *
 * *Mine* and *Today* hold planned activities only, so that late ones come first; *My Activities* holds all.
 */
export function saved_views({ user, now, end_of_day, use_reviewed, use_under_control, is_journal }) {
	const done = is_journal ? "Done" : "Held";
	const planned = [
		["responsible", "=", user],
		["status", "=", "Planned"],
	];
	const today = [
		["due_until", ">=", now],
		["due_until", "<", end_of_day],
	];
	const views = [
		{ key: "mine", label: "Mine", filters: planned, sort: "asc" },
		{ key: "due_today", label: "Today", filters: [...planned, ...today], sort: "asc" },
		{ key: "late", label: "Late", filters: conditions_of("late", now), sort: "asc" },
	];
	if (use_reviewed) {
		const filters = [
			["status", "=", done],
			["reviewed", "=", 0],
		];
		// other types in the journal are never reviewed
		if (is_journal) filters.push(["activity_type", "in", ["Interaction", "Meeting"]]);
		views.push({ key: "to_review", label: "To Review", filters, sort: "desc" });
	}
	if (use_under_control) {
		const filters = [["under_control", "=", 1]];
		views.push({ key: "under_control", label: "Under Control", filters, sort: "desc" });
	}
	return views;
}

/**
 * Return whether a list's filters are those of a view, whose times may be of another moment.
 *
 * @param filters [doctype, field, operator, value] of the list
 */
export function is_view(view, filters) {
	const key = ([field, operator, value]) =>
		JSON.stringify([field, operator, field === "due_until" ? "" : String(value)]);
	const wanted = view.filters.map(key).sort();
	const found = filters.map(([, ...condition]) => key(condition)).sort();
	return wanted.join() === found.join();
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

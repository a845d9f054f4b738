/** Steps of activity plans (B9). */

/**
 * Return the positions of the steps that a start plans: those checked, without those that follow, by an outcome, one
 * that isn't among them.
 *
 * @param steps in their order: { position, condition }
 * @param checked positions
 */
export function chosen_positions(steps, checked) {
	const chosen = [];
	for (const { position, condition } of steps) {
		const is_possible = !condition || chosen.at(-1) === position - 1;
		if (is_possible && checked.includes(position)) chosen.push(position);
	}
	return chosen;
}

/** Return the offset of a step, such as "+ 2 Days"; `translate` is Frappe's `__`. */
export function offset_text({ offset, offset_unit }, translate) {
	return `+ ${offset} ${translate(offset_unit)}`;
}

/** Return whether a save has moved the start of a planned step of a plan. */
export function is_moved({ activity_plan, status, starts_on }, before) {
	return Boolean(activity_plan) && status === "Planned" && Boolean(before) && starts_on > before;
}

/** Return the names of the plans with planned activities among rows of a panel. */
export function plans_of(rows) {
	const planned = rows.filter((row) => row.status === "Planned" && row.activity_plan);
	return [...new Set(planned.map((row) => row.activity_plan))];
}

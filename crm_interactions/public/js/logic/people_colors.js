// grey differs least from the page
const LAST = "gray";

/** Names of `frappe.ui.color` for people in the calendar; red is for late activities, and the user's own is the first. */
export const COLORS = ["blue", "green", "orange", "purple", "pink", "yellow", LAST];

/**
 * Return a function that returns the colour of a user: the same on each page, and another one than those of the other users, as
 * long as there are enough.
 */
export function people_colors(own) {
	const known = new Map([[own, COLORS[0]]]);
	return (user) => {
		if (!known.has(user)) {
			const taken = known.size < COLORS.length ? [...known.values()] : [];
			const start = sum_of(user);
			const bright = COLORS.filter((color) => color !== LAST);
			const tried = [...bright.map((_, step) => bright[(start + step) % bright.length]), LAST];
			known.set(
				user,
				tried.find((color) => !taken.includes(color))
			);
		}
		return known.get(user);
	};
}

const sum_of = (text) => [...String(text)].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 0);

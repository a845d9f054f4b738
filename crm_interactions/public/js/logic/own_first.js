/**
 * Return a board's rows in the order of their cards: the user's own first; planned ones by their time, so that late ones come
 * first, and others from the latest.
 */
export function own_first(rows, user) {
	const compare = (a, b) => (a < b ? -1 : Number(a > b));
	const at = ({ starts_on }) => starts_on || "";
	return [...rows].sort(
		(a, b) =>
			Number(b.responsible === user) - Number(a.responsible === user) ||
			compare(a.status, b.status) ||
			(a.status === "Planned" ? compare(at(a), at(b)) : compare(at(b), at(a)))
	);
}

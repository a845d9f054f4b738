/** Which rows a feed shows, in which blocks. */

const DAY = 24 * 60 * 60;
/** Shorter gaps between activities aren't shown. */
export const SHORTEST_GAP = 7 * DAY;

const is_pinned = ({ pinned }) => Boolean(Number(pinned || 0));
const is_planned = (row) => row.status === "Planned" && !is_pinned(row);
const is_past = (row) => !is_pinned(row) && !is_planned(row);

/**
 * Shorten a feed: return the lists { shown, below }; `below` holds the current row if it isn't shown.
 *
 * @param rows pinned ones first, then planned ones
 * @param most number of rows to show; 0 for all. A single further row is shown instead of a button for it. Past rows
 *     leave room for one planned row only, pinned ones for one other row at least.
 */
export function fold(rows, most, is_current) {
	if (!most || rows.length <= most + 1) return { shown: rows, below: [] };
	const past = rows.filter(is_past);
	const pinned = rows.filter(is_pinned).slice(0, Math.max(1, most - 1));
	const left = most - pinned.length;
	const planned = rows.filter(is_planned).slice(0, Math.max(1, left - past.length));
	const shown = [...pinned, ...planned, ...past.slice(0, left - planned.length)];
	return { shown, below: rows.filter((row) => is_current(row) && !shown.includes(row)) };
}

/**
 * Return the blocks of a feed: pinned and planned rows, then all others or, if `by_chain`, those of each chain.
 *
 * @returns a list of { key, chain, title, rows }: key is pinned, planned, past or chain; `title` is "" if the only row has it
 */
export function blocks_of(rows, by_chain) {
	const past = rows.filter(is_past);
	return [
		{ key: "pinned", rows: rows.filter(is_pinned) },
		{ key: "planned", rows: rows.filter(is_planned) },
		...(by_chain ? chains_of(past) : [{ key: "past", rows: past }]),
	].filter((block) => block.rows.length);
}

function chains_of(rows) {
	const found = new Map();
	for (const row of rows) {
		if (!found.has(row.chain)) found.set(row.chain, []);
		found.get(row.chain).push(row);
	}
	return [...found].map(([chain, of_chain]) => {
		const says_it = of_chain.length === 1 && of_chain[0].title === of_chain[0].chain_title;
		return { key: "chain", chain, title: says_it ? "" : of_chain[0].chain_title, rows: of_chain };
	});
}

/** Return the seconds between two rows of a block, roughly: a clock change counts as an hour. */
export function seconds_between(older, newer) {
	const moment = ({ activity_date }) => Date.parse(`${activity_date.split(".")[0].replace(" ", "T")}Z`);
	return (moment(newer) - moment(older)) / 1000;
}

/** Return the limits of a feed for the server, without blank ones; `until` is a day, which is included. */
export function limits_of({ text, responsible, since, until }, add_days) {
	const limits = { text: (text || "").trim(), responsible, since, until: until && add_days(until, 1) };
	return Object.fromEntries(Object.entries(limits).filter(([, value]) => value));
}

/** Periods of the filter: `days` back from today; "between" asks for two days. */
export const PERIODS = [
	{ key: "", label: "Any Time" },
	{ key: "7", label: "Last 7 Days", days: 7 },
	{ key: "30", label: "Last 30 Days", days: 30 },
	{ key: "90", label: "Last 90 Days", days: 90 },
	{ key: "365", label: "Last 12 Months", days: 365 },
	{ key: "between", label: "Between…" },
];

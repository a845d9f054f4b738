/** The line on a partner's form: each piece has the numbers of its text, and the filters of its list of chains. */

const PIECES = [
	{
		key: "ours",
		numbers: ({ ours }) => [ours],
		filters: { status: "Open", turn: "Ours" },
	},
	{
		key: "open",
		numbers: ({ open }) => [open],
		filters: { status: "Open" },
	},
	{
		key: "decided",
		numbers: ({ won, decided }) => [won, decided],
		filters: { status: ["!=", "Merged"], result: ["in", ["Won", "Lost"]] },
	},
	{
		key: "slow",
		numbers: ({ slow }) => [slow],
		filters: { slow: 1 },
	},
];

/** Return the pieces of a line that aren't empty, in order: `key`, `numbers` and `filters`. */
export function pieces_of(line) {
	return PIECES.filter(({ key }) => line[key]).map((piece) => ({
		...piece,
		numbers: piece.numbers(line),
	}));
}

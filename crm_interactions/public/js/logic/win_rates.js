/** The drawing of win rates with their intervals. */

/** Return the rows of groups with a decided chain, each with `decided`, and the rate of all of them in per cent. */
export function rates_of(rows) {
	const shown = rows
		.filter(({ won, lost }) => won + lost > 0)
		.map((row) => ({ ...row, decided: row.won + row.lost }));
	const sum = (key) => shown.reduce((total, row) => total + row[key], 0);
	return { rows: shown, overall: shown.length ? (100 * sum("won")) / sum("decided") : null };
}

/** The heat map of contact: days of the server as points of Frappe's chart, and their sum. */

const NOON = "T12:00:00";

/** Return the points { seconds: number } of { "2026-03-02": 3 }; noon, as the chart takes the day on the browser's clock. */
export function points_of(days) {
	return Object.fromEntries(
		Object.entries(days).map(([day, number]) => [new Date(`${day}${NOON}`).getTime() / 1000, number])
	);
}

/** Return [number of activities, number of days with some]. */
export function totals_of(days) {
	const numbers = Object.values(days);
	return [numbers.reduce((sum, number) => sum + number, 0), numbers.length];
}

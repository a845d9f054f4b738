/** The table of a heat map, weekday × hour. Labels are English; callers translate them. */

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const NO_TIME = "No Time";
const LEVELS = 5;

/**
 * Return the table of rows { weekday_value, hour_value, place, activities }; null without rows.
 *
 * @returns { hours, weekdays, cell }: hours from the first to the last one in use, after NO_TIME if it is in use;
 *   weekdays in the order of the site's week; cell(weekday, hour) gives { count, level }, from level 0 for none to 5
 *   for the highest number
 */
export function heat_map(rows) {
	if (!rows.length) return null;
	const used = rows.map(({ hour_value }) => hour_value).filter((hour) => hour !== NO_TIME);
	const numbers = used.map(Number);
	const first = Math.min(...numbers);
	const hours = used.length
		? Array.from({ length: Math.max(...numbers) - first + 1 }, (_, n) => String(first + n))
		: [];
	if (used.length < rows.length) hours.unshift(NO_TIME);
	const { weekday_value, place } = rows[0];
	const begin = (WEEKDAYS.indexOf(weekday_value) - place + 7) % 7;
	const counts = new Map(rows.map((row) => [`${row.weekday_value} ${row.hour_value}`, row.activities]));
	const most = Math.max(...counts.values());
	return {
		hours,
		weekdays: [...WEEKDAYS.slice(begin), ...WEEKDAYS.slice(0, begin)],
		cell(weekday, hour) {
			const count = counts.get(`${weekday} ${hour}`) || 0;
			return { count, level: Math.ceil((LEVELS * count) / most) };
		},
	};
}

/** Return the start of an hour such as 9 as 09:00. */
export const start_of_hour = (hour) => `${hour.padStart(2, "0")}:00`;

/** Usual starts of a planned activity, in the user's time zone. */
const DAY = 24 * 60 * 60 * 1000;
const MONDAY = 1;

/**
 * Return { day, time, at } of today 16:00, tomorrow 9:00 and Monday 9:00, without past ones, and each moment once.
 *
 * @param now the user's clock as "2026-11-26 15:30:00", the format of `at`; `time` is without a leading zero
 */
export function start_presets(now) {
	const today = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
	const weekday = new Date(today).getUTCDay();
	const until_monday = (7 + MONDAY - weekday) % 7 || 7;
	const presets = [preset("Today", today, 16), preset("Tomorrow", today + DAY, 9)];
	if (until_monday > 1) presets.push(preset("Monday", today + until_monday * DAY, 9));
	return presets.filter(({ at }) => at > now);
}

function preset(day, date, hour) {
	const two = String(hour).padStart(2, "0");
	return {
		day,
		time: `${hour}:00`,
		at: `${new Date(date).toISOString().slice(0, 10)} ${two}:00:00`,
	};
}

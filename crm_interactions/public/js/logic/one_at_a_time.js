/** The same action, deaf while it is under way: a double click on a button would do it twice. */
export function one_at_a_time(action) {
	let is_running = false;
	return async (...args) => {
		if (is_running) return;
		is_running = true;
		try {
			return await action(...args);
		} finally {
			is_running = false;
		}
	};
}

/** Wrap an async action so that calls are ignored while it runs, such as the second one of a double click. */
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

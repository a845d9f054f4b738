const done = new Set();

/** Call `register` once per key: Frappe 16 reruns form scripts for each quick entry, which would repeat handlers. */
export function once(key, register) {
	if (done.has(key)) return;
	done.add(key);
	register();
}

const done = new Set();

/**
 * Call `register` once per key: Frappe 16 reruns form scripts for every quick entry, which would add handlers again.
 */
export function once(key, register) {
	if (done.has(key)) return;
	done.add(key);
	register();
}

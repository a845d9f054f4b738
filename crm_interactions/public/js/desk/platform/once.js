const done = new Set();

/**
 * Frappe 16 runs a document type's script again for every quick entry, which would register each handler anew.
 */
export function once(key, register) {
	if (done.has(key)) return;
	done.add(key);
	register();
}

/** Return the options of the search bar with direct hits instead of other options that open the same documents. */
export function with_hits(options, hits) {
	const address = ({ route }) => [].concat(route ?? []).join("/");
	// commands open no address
	const opened = new Set(hits.filter(({ route }) => route).map(address));
	return [...hits, ...options.filter((option) => !opened.has(address(option)))];
}

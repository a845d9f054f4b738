/** Return the options of the search bar with direct hits instead of other options that open the same documents. */
export function with_hits(options, hits) {
	const address = ({ route }) => [].concat(route ?? []).join("/");
	const opened = new Set(hits.map(address));
	return [...hits, ...options.filter((option) => !opened.has(address(option)))];
}

/** Return the seconds that a run needs for the rest at its pace so far, rounded up; 0 before the first document. */
export function seconds_left({ done, total, seconds }) {
	if (!done || !seconds || total <= done) return 0;
	return Math.ceil((seconds / done) * (total - done));
}

/**
 * How long an activity takes, from opening the form to saving it (R8).
 *
 * Times are milliseconds since the epoch and come from the caller, so that the rules can be tested without
 * waiting. A value corrected by hand stops the timer: what a person typed is not overwritten. Pressing Start
 * afterwards goes on from that value.
 */
export class Timer {
	constructor() {
		this.seconds = 0;
		this.since = null;
		this.used = false;
	}

	get running() {
		return this.since !== null;
	}

	start(now) {
		if (!this.running) this.since = now;
		this.used = true;
	}

	pause(now) {
		this.seconds = this.elapsed(now);
		this.since = null;
	}

	toggle(now) {
		this.running ? this.pause(now) : this.start(now);
	}

	/** Take over a value that was typed; nothing typed starts over at zero. */
	correct(seconds) {
		this.seconds = Math.max(0, Math.floor(Number(seconds) || 0));
		this.since = null;
	}

	/** Whole seconds, also while the clock runs. A clock that was set back counts as no time. */
	elapsed(now) {
		const current = this.running ? Math.max(0, now - this.since) / 1000 : 0;
		return Math.floor(this.seconds + current);
	}
}

/** Hours appear once there is one: 0:07, 12:30, 1:02:03. */
export function format_elapsed(seconds) {
	const two = (number) => String(number).padStart(2, "0");
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	const rest = two(seconds % 60);
	return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Further from now than this, what is recorded isn't happening while the form is open. */
const TOLERANCE = 5 * 60 * 1000;

export function happens_now(starts_at, now) {
	return Math.abs(starts_at - now) <= TOLERANCE;
}

/**
 * Whether the measured time may become the duration of this document.
 *
 * Planned activities haven't taken any time yet; where the end is given, the period says how long it took.
 */
export function counts_for(doc) {
	return !doc.ends_on && !["Planned", "Not Held", "Cancelled"].includes(doc.status);
}

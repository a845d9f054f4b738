/**
 * Measure the duration of an activity, from opening the form to saving it (R8).
 *
 * Callers pass times in milliseconds since the epoch, so that tests need not wait. Entering a duration stops the
 * timer, so that it doesn't overwrite the value. Start continues from there.
 */
export class Timer {
	constructor() {
		this.seconds = 0;
		this.since = null;
		this.used = false;
		this.suspended = false;
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

	/** Pause until `resume`, which leaves a timer alone that the user paused or corrected. */
	suspend(now) {
		this.suspended ||= this.running;
		this.pause(now);
	}

	resume(now) {
		if (!this.used || this.suspended) this.start(now);
		this.suspended = false;
	}

	/** Stop at a value that the user entered, in seconds; an empty value resets to zero. */
	correct(seconds) {
		this.seconds = Math.max(0, Math.floor(Number(seconds) || 0));
		this.since = null;
	}

	/** Return the elapsed whole seconds, also while running. A clock that is set back counts as no time. */
	elapsed(now) {
		const current = this.running ? Math.max(0, now - this.since) / 1000 : 0;
		return Math.floor(this.seconds + current);
	}
}

/** Format seconds, with hours only if needed: 0:07, 12:30, 1:02:03. */
export function format_elapsed(seconds) {
	const two = (number) => String(number).padStart(2, "0");
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	const rest = two(seconds % 60);
	return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Milliseconds from now within which an activity counts as happening while the form is open. */
const TOLERANCE = 5 * 60 * 1000;

export function happens_now(starts_at, now) {
	return Math.abs(starts_at - now) <= TOLERANCE;
}

/**
 * Return whether the measured time becomes the duration of a document.
 *
 * Planned, not held and cancelled activities have none; an activity with an end gets its duration from its period.
 */
export function counts_for(doc) {
	return !doc.ends_on && !["Planned", "Not Held", "Cancelled"].includes(doc.status);
}

/** Return the type's default duration in seconds for a document with neither duration nor end, else 0. */
export function proposed_duration(doc, type) {
	return doc.duration || doc.ends_on ? 0 : type.default_duration || 0;
}

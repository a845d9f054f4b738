import { Timer, counts_for, format_elapsed, happens_now } from "../../logic/timer";
import { settings } from "../platform/boot";

// by document, so that switching from quick entry to the full form keeps the time
const timers = new Map();

const key_of = (doc) => `${doc.doctype}/${doc.name}`;

export function timer_of(doc) {
	const key = key_of(doc);
	if (!timers.has(key)) {
		const timer = new Timer();
		if (doc.__islocal && settings().timer_enabled && takes_place(doc)) timer.start(Date.now());
		timers.set(key, timer);
	}
	return timers.get(key);
}

/**
 * Return whether the timer is on and applies: to stored planned and already timed activities, and to new ones whose
 * status has a duration, unless completed.
 */
export function is_timed(doc) {
	if (!settings().timer_enabled || doc.completed) return false;
	if (doc.__islocal && !counts_for(doc)) return false;
	return Boolean(doc.__islocal || doc.status === "Planned" || timers.get(key_of(doc))?.used);
}

/** Discard a document's timer with the measured time, for example once it is saved. */
export function forget_timer(doc) {
	timers.delete(key_of(doc));
}

/**
 * Write the measured seconds to the document; call before saving.
 *
 * The duration stays if nothing was measured, `is_timed` or `counts_for` is false, or the start is over a minute ahead.
 */
export function write_duration(doc) {
	if (!is_timed(doc) || !counts_for(doc) || lies_ahead(doc)) return;
	const seconds = timer_of(doc).elapsed(Date.now());
	if (seconds) doc.duration = seconds;
}

/**
 * Let the timer of a new document follow its start and status: reset it for a start more than five minutes from now,
 * suspend it while no duration counts, start it once the activity takes place.
 */
export function settle_timer(doc) {
	if (!doc.__islocal || !settings().timer_enabled) return;
	const timer = timer_of(doc);
	if (takes_place(doc)) timer.resume(Date.now());
	else if (!counts_for(doc)) timer.suspend(Date.now());
	else if (timer.running) timer.correct(0);
}

// on the site's clock, whose changes may not be the browser's
const at = (datetime) => moment.tz(datetime, frappe.boot.time_zone?.system).valueOf();
const takes_place = (doc) => counts_for(doc) && starts_now(doc);
const system_now = () => at(frappe.datetime.system_datetime());
const starts_now = (doc) => !doc.starts_on || happens_now(at(doc.starts_on), system_now());
/** Return whether a start is the current moment, which Frappe fills in by default, or up to five minutes before. */
export const is_default_start = (starts_on) =>
	// Frappe's default has fractions of a second, the present has none
	at(starts_on) < system_now() + 1000 && happens_now(at(starts_on), system_now());
const lies_ahead = (doc) => doc.starts_on && at(doc.starts_on) > system_now() + 60 * 1000;

/**
 * Replace the content of `parent` with the timer and Start/Pause. The running timer doesn't change the document.
 *
 * @param on_start callback for Start; the timer of a new document starts by itself, without a callback
 */
export function show_timer(parent, doc, on_start = () => {}) {
	const timer = timer_of(doc);
	const $timer = $(`<div class="crm-timer">
		<span class="crm-timer-time" role="timer"></span>
		<button type="button" class="btn btn-xs btn-default crm-timer-toggle"></button>
	</div>`);
	$(parent).empty().append($timer);
	const $toggle = $timer.find(".crm-timer-toggle");
	const draw = () => {
		$timer.toggleClass("running", timer.running);
		$timer.find(".crm-timer-time").text(format_elapsed(timer.elapsed(Date.now())));
		const label = timer.running ? __("Pause") : __("Start");
		if ($toggle.text() !== label) $toggle.text(label);
	};
	$toggle.on("click", () => {
		timer.toggle(Date.now());
		draw();
		if (timer.running) on_start();
	});
	draw();
	const clock = setInterval(() => (document.contains($timer.get(0)) ? draw() : clearInterval(clock)), 1000);
}

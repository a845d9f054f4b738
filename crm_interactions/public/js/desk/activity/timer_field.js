import { Timer, counts_for, format_elapsed, happens_now } from "../../logic/timer";
import { settings } from "../platform/boot";

// by document, so that going from quick entry to the full form doesn't start the clock again
const timers = new Map();

const key_of = (doc) => `${doc.doctype}/${doc.name}`;

export function timer_of(doc) {
	const key = key_of(doc);
	if (!timers.has(key)) {
		const timer = new Timer();
		if (doc.__islocal && settings().timer_enabled) timer.start(Date.now());
		timers.set(key, timer);
	}
	return timers.get(key);
}

/** New activities, and planned ones that are being carried out. */
export function is_timed(doc) {
	if (!settings().timer_enabled || doc.completed) return false;
	return Boolean(doc.__islocal || doc.status === "Planned" || timers.get(key_of(doc))?.used);
}

/** After saving nothing is measured any more. */
export function forget_timer(doc) {
	timers.delete(key_of(doc));
}

/** Write the measured time into the document, right before it is saved. */
export function write_duration(doc) {
	if (!is_timed(doc) || !counts_for(doc) || lies_ahead(doc)) return;
	const seconds = timer_of(doc).elapsed(Date.now());
	if (seconds) doc.duration = seconds;
}

/** Recorded afterwards or ahead: what the clock shows has nothing to do with it. */
export function on_starts_on(doc) {
	const timer = timer_of(doc);
	if (timer.running && doc.starts_on && !happens_now(at(doc.starts_on), system_now())) timer.correct(0);
}

const at = (datetime) => moment(datetime).valueOf();
const system_now = () => at(frappe.datetime.system_datetime());
const lies_ahead = (doc) => doc.starts_on && at(doc.starts_on) > system_now() + 60 * 1000;

/**
 * Show the time with Start/Pause inside `parent`; ticking changes this element only, never the document.
 *
 * @param on_start called when Start is pressed
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

import { place_of, question_of, span_of, state_of } from "../../logic/availability";
import { ask } from "../platform/server";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
// while the user types a time or adds several colleagues
const PAUSE = 300;
const questions = new WeakMap();

/**
 * Draw the day of a meeting's start below its time: a bar for each colleague and resource, and conflicts in words (R14).
 *
 * Nothing is drawn without a start. Repeated calls with the same values ask the server once.
 *
 * @param element the place, emptied first
 * @param doc values of the meeting, with `participants` and `resources`; null to show nothing
 */
export function show_availability(element, doc) {
	const question = doc && question_of(doc);
	const key = JSON.stringify(question);
	const former = questions.get(element);
	if (former?.key === key) return;
	clearTimeout(former?.timer);
	if (!question) {
		questions.delete(element);
		$(element).empty();
		return;
	}
	const timer = setTimeout(() => answer(element, question, key), PAUSE);
	questions.set(element, { key, timer });
}

async function answer(element, question, key) {
	const day = await ask("crm_interactions.api.meeting.get_availability", question);
	if (questions.get(element)?.key === key) draw($(element), day);
}

function draw($place, day) {
	const span = span_of(day);
	const $box = box_of($place);
	$box.children(".crm-availability-day").text(day_text(day.date));
	show_verdict($box.children(".crm-availability-verdict"), day);
	const $rows = $box.children(".crm-availability-rows").empty();
	for (const row of day.rows) {
		const state = state_of(row);
		$(`<div class="crm-availability-label"></div>`)
			.append(
				$("<span></span>").text(row.label).attr("title", row.label),
				$(`<span class="crm-availability-state"></span>`)
					.attr("data-state", state)
					.text(state_text(state))
			)
			.appendTo($rows);
		bar(row, row.chosen || day.chosen, span).appendTo($rows);
	}
	axis(span).appendTo($rows);
	$box.children(".crm-availability-legend").replaceWith(legend(day));
}

/** Return the box of a place; it stays while its content changes, or screen readers wouldn't read new sentences. */
function box_of($place) {
	const $known = $place.children(".crm-availability");
	if ($known.length) return $known;
	return $(`<div class="crm-availability" role="group">
		<div class="crm-availability-day"></div>
		<p class="crm-availability-verdict" aria-live="polite"></p>
		<div class="crm-availability-rows"></div>
		<div class="crm-availability-legend"></div>
	</div>`)
		.attr("aria-label", __("Availability"))
		.appendTo($place.empty());
}

function day_text(date) {
	const weekday = __(WEEKDAYS[frappe.datetime.str_to_obj(date).getDay()]);
	return `${weekday}, ${frappe.datetime.str_to_user(date)}`;
}

const state_text = (state) => ({ busy: __("busy"), closed: __("closed"), free: __("free") })[state];

/** Say who is busy or closed at the chosen time, also to screen readers. */
function show_verdict($verdict, { rows, chosen }) {
	const sentences = rows.flatMap((row) => [
		...row.busy.filter(({ clash }) => clash).map((each) => sentence(row, each, __("{0} is busy {1}."))),
		...row.closed
			.filter(({ clash }) => clash)
			.map((each) => sentence(row, each, __("{0} is closed {1}."))),
	]);
	const free = chosen ? __("All are free {0}.", [`${chosen.from}–${chosen.to}`]) : "";
	const text = sentences.length ? sentences.join(" ") : free;
	$verdict.attr("data-clash", sentences.length ? 1 : 0);
	if ($verdict.text() !== text) $verdict.text(text);
}

const sentence = ({ label }, each, text) =>
	text.replace("{0}", () => label).replace("{1}", () => period(each));

const period = ({ from, to, title }) => `${from}–${to}${title ? ` (${title})` : ""}`;

function bar(row, chosen, span) {
	const $bar = $(`<div class="crm-availability-bar" role="img"></div>`).attr("aria-label", words_of(row));
	for (const { minute } of span.hours) {
		const at = place_of({ begins: minute, ends: span.ends }, span);
		if (at) $(`<i class="crm-availability-hour"></i>`).css("left", `${at.left}%`).appendTo($bar);
	}
	for (const [kind, periods] of [
		["closed", row.closed],
		["busy", row.busy],
		["chosen", chosen ? [chosen] : []],
	]) {
		for (const each of periods) block(kind, each, span).appendTo($bar);
	}
	return $bar;
}

function block(kind, each, span) {
	const at = place_of(each, span);
	if (!at) return $();
	return $("<span></span>")
		.addClass(`crm-availability-${kind}`)
		.attr({ title: period(each), "data-clash": each.clash || 0 })
		.css({ left: `${at.left}%`, width: `${at.width}%` });
}

/** Return a row as text: Ana: busy 09:00–10:00, 14:00–15:00. */
function words_of({ label, busy, closed }) {
	const parts = [
		busy.length ? __("busy {0}", [busy.map(period).join(", ")]) : __("free all day"),
		closed.length ? __("closed {0}", [closed.map(period).join(", ")]) : "",
	];
	return `${label}: ${parts.filter(Boolean).join("; ")}`;
}

function axis(span) {
	const $axis = $(`<div class="crm-availability-axis" aria-hidden="true"></div>`);
	span.hours.forEach(({ minute, label }, index) => {
		const left = (100 * (minute - span.begins)) / (span.ends - span.begins);
		$("<span></span>")
			.text(parseInt(label, 10))
			.toggleClass("crm-odd", index % 2 === 1)
			.css("left", `${left}%`)
			.appendTo($axis);
	});
	return $axis;
}

function legend({ rows }) {
	const kinds = [
		["busy", __("Busy")],
		["closed", __("Closed")],
		["chosen", __("Chosen Time")],
	].filter(([kind]) => kind !== "closed" || rows.some(({ closed }) => closed.length));
	const $legend = $(`<div class="crm-availability-legend" aria-hidden="true"></div>`);
	for (const [kind, label] of kinds) {
		$("<span></span>")
			.append($("<i></i>").addClass(`crm-availability-${kind}`), document.createTextNode(label))
			.appendTo($legend);
	}
	return $legend;
}

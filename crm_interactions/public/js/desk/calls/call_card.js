import {
	after_event,
	after_look_up,
	heading,
	is_recorded,
	known_values,
	part_of,
	who,
} from "../../logic/call_card";
import { look_of_row, row_state } from "../../logic/chain";
import { ask_for_contact } from "../activity/contact_dialog";
import { day, day_and_time, form_link, pill } from "../chains/html";
import { record_more } from "../chains/record_more";
import { on_message } from "../platform/realtime";
import { ask } from "../platform/server";

// a call without further reports is over
const LONGEST = 5 * 60 * 1000;
let cards = [];

/** Show a card for each call that rings at the user's phone, until the user closes it. */
export function watch_calls() {
	on_message("crm_interactions_call", (message) => {
		const known = cards.length;
		cards = after_event(cards, message);
		show();
		if (cards.length > known) look_up(message.key);
	});
}

async function look_up(key) {
	setTimeout(() => find(key)?.event === "ringing" && close(key), LONGEST);
	const { number } = find(key);
	const found = await ask("crm_interactions.api.call.get_card", { number });
	change(key, (card) => after_look_up(card, found));
}

async function choose(key, match) {
	change(key, (card) => ({ ...card, chosen: match, recent: [], open: [] }));
	if (!match.party) return;
	const { party_type, party } = match;
	const history = await ask("crm_interactions.api.call.get_history", { party_type, party });
	change(key, (card) => ({ ...card, ...history }));
}

function find(key) {
	return cards.find((card) => card.key === key);
}

function change(key, changed) {
	cards = cards.map((card) => (card.key === key ? changed(card) : card));
	show();
}

function close(key) {
	cards = cards.filter((card) => card.key !== key);
	show();
}

function show() {
	let $place = $(".crm-calls");
	if (!$place.length) $place = $(`<div class="crm-calls" aria-live="polite"></div>`).appendTo("body");
	$place.empty().append(cards.map(card_of));
}

function card_of(card) {
	const $card = $(`<section class="crm-call" role="dialog"></section>`)
		.addClass(card.event)
		.attr({ "aria-label": __(heading(card)), "data-key": card.key });
	return $card.append(head(card), PARTS[part_of(card)](card), buttons(card));
}

function head(card) {
	const $close = $(`<button type="button" class="btn btn-xs crm-call-close"></button>`)
		.attr("aria-label", __("Close"))
		.append(frappe.utils.icon("close", "sm"))
		.on("click", () => close(card.key));
	return $(`<header class="crm-call-head"></header>`).append(
		$(`<span class="crm-call-icon"></span>`).append(frappe.utils.icon("call", "sm")),
		$("<b></b>").text(__(heading(card))),
		$(`<span class="crm-call-number"></span>`).text(card.number),
		$close
	);
}

const PARTS = {
	loading: () => hint(__("Looking up the number…")),
	nobody: () => hint(__("No contact has this number.")),
	choice: (card) => [
		hint(
			card.matches.some((match) => match.exact)
				? __("Several contacts have this number. Choose one.")
				: __("Perhaps one of these. Choose one.")
		),
		$(`<div class="crm-call-choice"></div>`).append(card.matches.map((match) => option(card.key, match))),
	],
	history: (card) => [
		person(card.chosen),
		rows(__("Last Activities"), card.recent, __("No activities yet.")),
		rows(__("Open Steps"), card.open, __("Nothing is planned.")),
	],
};

function hint(text) {
	return $(`<p class="crm-call-hint text-muted"></p>`).text(text);
}

function option(key, match) {
	const { name, partner } = who(match);
	return $(`<button type="button" class="btn btn-default btn-sm"></button>`)
		.append($("<b></b>").text(name), $("<span></span>").text(partner))
		.on("click", () => choose(key, match));
}

function person(match) {
	const { name, partner } = who(match);
	const $who = $(`<div class="crm-call-who"></div>`);
	const main = match.contact ? ["Contact", match.contact] : [match.party_type, match.party];
	$(`<div class="crm-call-name"></div>`)
		.append(form_link(...main, name))
		.appendTo($who);
	if (partner)
		$("<div></div>")
			.append(form_link(match.party_type, match.party, partner))
			.appendTo($who);
	return $who;
}

function rows(title, found, nothing) {
	const $part = $(`<div class="crm-call-part"></div>`).append($("<h6></h6>").text(title));
	if (!found.length) return $part.append(hint(nothing));
	const now = frappe.datetime.system_datetime();
	return $part.append($("<ol></ol>").append(found.map((row) => activity(row, now))));
}

function activity(row, now) {
	const $date = $(`<time></time>`)
		.text(day(row.activity_date))
		.attr("title", day_and_time(row.activity_date));
	const state = row_state(row, now);
	const $row = $("<li></li>").append(
		$date,
		$(`<span class="crm-call-topic"></span>`).append(
			form_link(row.activity_type, row.activity, row.title)
		)
	);
	const { label, color } = look_of_row(state);
	return state === "late" ? $row.append(pill(__(label), color)) : $row;
}

function buttons(card) {
	const $buttons = $(`<footer class="crm-call-buttons"></footer>`);
	if (part_of(card) === "nobody" && frappe.model.can_create("Contact")) {
		$buttons.append(button(__("New Contact"), "btn-default", () => new_contact(card)));
	}
	if (is_recorded(card)) {
		const open = () => {
			frappe.set_route("Form", card.doctype, card.name);
			// on a phone, the card would cover half of the form
			if (frappe.is_mobile()) close(card.key);
		};
		return $buttons.append(button(__("Open Call"), "btn-primary", open));
	}
	return $buttons.append(button(__("Log Call"), "btn-primary", () => log(card)));
}

function button(label, kind, click) {
	return $(`<button type="button" class="btn btn-sm"></button>`)
		.addClass(kind)
		.text(label)
		.on("click", click);
}

function new_contact({ key, number }) {
	ask_for_contact({ reach: number }, "", () => look_up(key));
}

function log(card) {
	record_more("Interaction", known_values(card), () => close(card.key));
}

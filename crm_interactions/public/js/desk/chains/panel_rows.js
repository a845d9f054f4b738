import { as_typed } from "../../logic/stored_text";
import { look_of_row, row_state } from "../../logic/chain";
import { can_finish } from "../../logic/finishing";
import { chain_link, day, day_and_time, form_link, pill } from "./html";
import { kind_tile, type_tile } from "./kinds";
import { note_of_row } from "./row_note";

const MIDNIGHT = / 00:00:00/;
// U+FE0E keeps phones from showing them as pictures
const ARROWS = { Incoming: "↙\uFE0E", Outgoing: "↗\uFE0E" };

/**
 * Return the row of an activity, for panel and link dialog: icon, topic as a link, facts, note, and state at time `now`.
 *
 * @param with_chain whether to show the number of the chain
 * @param party_label returns the text of the link to the row's partner, or "" for none
 */
export function activity_row(row, now, { with_chain = false, party_label = () => "" } = {}) {
	const { label, color } = look_of_row(row_state(row, now));
	const $row = $(`<li class="crm-chain-row"></li>`)
		.attr({ "data-activity": row.activity, "data-doctype": row.activity_type })
		.append(row.type_icon || row.type_color ? type_tile(row) : kind_tile(row));
	const $main = $(`<div class="crm-chain-main"></div>`).appendTo($row);
	const $topic = $(`<div class="crm-chain-topic"></div>`).appendTo($main);
	$topic.append(form_link(row.activity_type, row.activity, topic_of(row)));
	if (Number(row.has_attachment)) $topic.append(attachment_mark());
	$(`<div class="crm-chain-facts"></div>`)
		.append(facts(row, with_chain, party_label(row)))
		.appendTo($main);
	if (row.note) $main.append(note_of_row(row));
	return $row.append(pill(__(label), color));
}

/** Add the button that completes a planned activity, for users who may write it. */
export function add_finish_button($row, row, finish) {
	if (!can_finish(row) || !frappe.model.can_write(row.activity_type)) return;
	$(`<button type="button" class="btn btn-default btn-xs crm-chain-finish"></button>`)
		.text(__("Complete…"))
		.attr("aria-label", __("Complete: {0}", [topic_of(row)]))
		.on("click", () => finish(row))
		.insertAfter($row.find(".crm-chain-main"));
}

/** Return the topic as plain text; topics from other apps can be rich text. */
export function topic_of({ title, activity }) {
	const text = /<\w/.test(title || "") ? frappe.utils.html2text(title).trim() : as_typed(title);
	return text || activity;
}

function facts(row, with_chain, party) {
	const moment = row.activity_date;
	// midnight stands for no time of day
	const when = MIDNIGHT.test(moment) ? day(moment) : day_and_time(moment);
	const parts = [text_of(when).attr("title", day_and_time(moment)), type_of(row)];
	if (row.outcome) parts.push(text_of(__(row.outcome)).addClass("crm-chain-outcome"));
	if (row.contact_name) parts.push(text_of(as_typed(row.contact_name)));
	if (row.responsible_name) parts.push(text_of(as_typed(row.responsible_name)));
	if (party) parts.push($(form_link(row.party_type, row.party, party)).addClass("crm-chain-party"));
	if (with_chain && row.chain) parts.push($(chain_link(row.chain)));
	if (row.activity_plan && row.status === "Planned") parts.push(plan_badge(row.activity_plan));
	return parts;
}

function plan_badge(plan) {
	return $(`<span class="crm-plan-name"></span>`)
		.attr("title", __("Activity Plan"))
		.append($(`<span class="crm-plan-badge"></span>`).text(as_typed(plan)));
}

const text_of = (text) => $("<span></span>").text(text);

function type_of({ interaction_type, activity_type, direction }) {
	const $type = text_of(__(interaction_type || activity_type));
	if (!ARROWS[direction]) return $type;
	const $arrow = $(`<span class="crm-direction" role="img"></span>`)
		.text(ARROWS[direction])
		.attr({ title: __(direction), "aria-label": __(direction) });
	return $type.append(" ", $arrow);
}

function attachment_mark() {
	const title = __("Has attachments");
	return $(
		`<span class="crm-attachment" role="img">${frappe.utils.icon("es-line-attachment", "xs")}</span>`
	).attr({ title, "aria-label": title });
}

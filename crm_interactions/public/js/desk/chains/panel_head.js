import { chain_color, is_slow, lacks_next_step, slow_since } from "../../logic/chain";
import { result_color } from "../../logic/result";
import { chain_link, day_and_time, escaped, form_link, pill } from "./html";
import { kind_label, kind_tile } from "./kinds";

const RECORDED_HERE = ["Interaction", "Meeting"];

/**
 * Return the head of the panel: number, status and subject of the chain, and buttons to log activities.
 *
 * @param chain null for a partner and other documents; a chain that isn't open has no buttons
 * @param partner the partner { party_type, party } whose activities another document's form shows, or null
 * @param record callback with the document type that a button logs
 */
export function panel_head(frm, { chain, partner, record }) {
	const $head = $(`<div class="crm-chain-head"></div>`);
	const $about = $(`<div class="crm-chain-about"></div>`).appendTo($head);
	if (chain) {
		const $line = $(`<div class="crm-chain-number"></div>`).appendTo($about);
		$line.append(frm.docname === chain.name ? $("<b></b>").text(chain.name) : chain_link(chain.name));
		$line.append(pill(__(chain.status), chain_color(chain.status)));
		if (chain.result) $line.append(pill(result_text(chain), result_color(chain.result)));
		if (chain.turn) $line.append(turn_pill(chain));
		if (is_slow(chain)) $line.append(slow_pill(chain));
		if (lacks_next_step(chain)) $line.append(pill(__("No next step planned"), "orange"));
		$(`<div class="crm-chain-subject"></div>`).html(subject_sentence(frm, chain)).appendTo($about);
		if (frm.docname !== chain.name) $about.append(log_link(chain));
	} else if (partner) {
		$(`<div class="crm-chain-subject"></div>`).html(partner_sentence(frm, partner)).appendTo($about);
	}
	return $head.append(record_buttons(chain, record));
}

/** Return whose turn it is (B4); the tooltip says since when. */
function turn_pill({ turn, turn_since }) {
	const label = turn === "Ours" ? __("Our Turn") : __("Partner's Turn");
	return pill(label, turn === "Ours" ? "yellow" : "gray").attr(
		"title",
		__("Since {0}", [day_and_time(turn_since)])
	);
}

/** Return why a chain is slow (B5); the tooltip compares it with its kind. */
function slow_pill(chain) {
	return pill(__(chain.slow_reason), "red").attr(
		"title",
		__("Since {0}; three quarters of its kind take at most {1} days.", [
			day_and_time(slow_since(chain)),
			format_number(chain.slow_limit, null, 1),
		])
	);
}

function result_text({ result, result_amount, result_currency }) {
	const amount = result_amount ? ` · ${format_currency(result_amount, result_currency)}` : "";
	return __(result) + amount;
}

/** Link to the chain log: changes to a chain appear there, not in the timelines of its activities. */
function log_link({ name }) {
	const $link = $(form_link("Interaction Chain", name, __("Chain log")));
	return $(`<div class="crm-chain-log-link small"></div>`).append($link);
}

function subject_sentence(frm, { subject_type, subject, first_interaction }) {
	if (subject) {
		return __("Subject: {0}", [`${escaped(__(subject_type))} ${form_link(subject_type, subject)}`]);
	}
	if (!first_interaction) return __("No subject yet.");
	const { name, title } = first_interaction;
	if (frm.doctype === "Interaction" && frm.docname === name) {
		return __("No subject yet. This first interaction stands in for it.");
	}
	return __("No subject yet. The first interaction stands in for it: {0}", [
		form_link("Interaction", name, title),
	]);
}

function partner_sentence(frm, { party_type, party }) {
	return __("All activities with {0}", [form_link(party_type, party, frm.doc.customer_name)]);
}

function record_buttons(chain, record) {
	const $buttons = $(`<div class="crm-chain-new"></div>`);
	if (chain && chain.status !== "Open") return $buttons;
	const labels = { Interaction: __("Log Interaction"), Meeting: __("New Meeting") };
	for (const doctype of RECORDED_HERE.filter((type) => frappe.model.can_create(type))) {
		$(`<button type="button" class="btn btn-default btn-xs"></button>`)
			.attr("data-doctype", doctype)
			.append(frappe.utils.icon("es-line-add", "xs"), document.createTextNode(` ${labels[doctype]}`))
			.on("click", () => record(doctype))
			.appendTo($buttons);
	}
	return $buttons;
}

/** Return a chip per type with its count: the label filters the panel, the arrow opens the list (R18). */
export function panel_chips(counts, chosen, { open, filter }) {
	return counts.map(({ doctype, count, icon, color }) => {
		const label = kind_label(doctype);
		const $chip = $(`<span class="crm-chip" role="group"></span>`)
			.attr("data-doctype", doctype)
			.toggleClass("chosen", chosen.includes(doctype));
		$(`<button type="button" class="crm-chip-filter"></button>`)
			.attr("aria-pressed", String(chosen.includes(doctype)))
			.attr("title", __("Show only {0}", [label]))
			.append(
				kind_tile({ doctype, icon, color }, "crm-kind-plain"),
				$("<span></span>").text(label),
				$("<b></b>").text(count)
			)
			.on("click", () => filter(doctype))
			.appendTo($chip);
		const opens = __("Open the list of {0}", [label]);
		$(`<button type="button" class="crm-chip-open"></button>`)
			.attr({ title: opens, "aria-label": opens })
			.append(frappe.utils.icon("arrow-up-right", "xs"))
			.on("click", () => open(doctype))
			.appendTo($chip);
		return $chip;
	});
}

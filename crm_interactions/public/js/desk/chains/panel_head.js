import { chain_color, raises_hand } from "../../logic/chain";
import { settings } from "../platform/boot";
import { chain_link, escaped, form_link, pill } from "./html";
import { kind_label, kind_tile } from "./kinds";
import { open_of_chain, open_of_party } from "../lists/open_list";
import { known_from, record_more } from "./record_more";

const RECORDED_HERE = ["Interaction", "Meeting"];

/** Number, status and subject of the chain, and what can be recorded next. */
export function panel_head(frm, chain, is_party, done) {
	const $head = $(`<div class="crm-chain-head"></div>`);
	const $about = $(`<div class="crm-chain-about"></div>`).appendTo($head);
	if (chain) {
		const $line = $(`<div class="crm-chain-number"></div>`).appendTo($about);
		$line.append(frm.docname === chain.name ? $("<b></b>").text(chain.name) : chain_link(chain.name));
		$line.append(pill(__(chain.status), chain_color(chain.status)));
		if (raises_hand(chain)) $line.append(pill(__("No next step planned"), "orange"));
		$(`<div class="crm-chain-subject"></div>`).html(subject_sentence(frm, chain)).appendTo($about);
		if (frm.docname !== chain.name) $about.append(log_link(chain));
	}
	return $head.append(record_buttons(frm, chain, done));
}

/** Joins, splits and subjects are written to all of a chain at once; its log tells of them, not each form's timeline. */
function log_link({ name }) {
	const $link = $(form_link("Interaction Chain", name, __("What was done to the chain")));
	return $(`<div class="crm-chain-log-link small"></div>`).append($link);
}

function subject_sentence(frm, { subject_type, subject, first_interaction }) {
	if (subject) {
		return __("Subject: {0}", [`${escaped(__(subject_type))} ${form_link(subject_type, subject)}`]);
	}
	if (!first_interaction) return __("No subject yet.");
	const { name, title } = first_interaction;
	if (frm.doctype === "Interaction" && frm.docname === name) {
		return __("No subject yet; this interaction, the first one, stands for it.");
	}
	return __("No subject yet; the first interaction stands for it: {0}", [
		form_link("Interaction", name, title),
	]);
}

function record_buttons(frm, chain, done) {
	const $buttons = $(`<div class="crm-chain-new"></div>`);
	if (chain && chain.status !== "Open") return $buttons;
	const labels = { Interaction: __("New Interaction"), Meeting: __("New Meeting") };
	for (const doctype of RECORDED_HERE.filter((one) => frappe.model.can_create(one))) {
		$(`<button type="button" class="btn btn-default btn-xs"></button>`)
			.attr("data-doctype", doctype)
			.append(frappe.utils.icon("es-line-add", "xs"), document.createTextNode(` ${labels[doctype]}`))
			.on("click", () =>
				record_more(doctype, known_from(frm, chain, settings().party_types || []), done)
			)
			.appendTo($buttons);
	}
	return $buttons;
}

/** How many there are of each kind: a click shows them alone, the arrow opens exactly them in their list (R18). */
export function panel_chips(counts, chosen, { chain, party, filter }) {
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
		const opens = __("Open {0} in their list", [label]);
		$(`<button type="button" class="crm-chip-open"></button>`)
			.attr({ title: opens, "aria-label": opens })
			.append(frappe.utils.icon("arrow-up-right", "xs"))
			.on("click", () =>
				chain
					? open_of_chain(chain.name, doctype)
					: open_of_party(party.party_type, party.party, doctype)
			)
			.appendTo($chip);
		return $chip;
	});
}

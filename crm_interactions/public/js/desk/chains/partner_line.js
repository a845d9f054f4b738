import { pieces_of } from "../../logic/partner_line";
import { open_filtered } from "../lists/open_list";
import { ask } from "../platform/server";
import { day_and_time } from "./html";

const CHAIN = "Interaction Chain";
const JOURNAL = "Activity Link";
const METHODS = {
	line: "crm_interactions.api.partner_line.get_line",
	chains: "crm_interactions.api.partner_line.list_chains",
};

/** Return the line of a partner or another document, null if it's empty; `about` names the document. */
export const read_line = (about) => ask(METHODS.line, about);

/**
 * Return the line with a partner's last contact, turn, open and won chains; each piece opens its list (R27, B4).
 *
 * @param line from `read_line`
 * @param about arguments of `page` that name the partner or the document
 * @param partners pairs [type, name] of a partner and those that it was made from; undefined for another document
 */
export function partner_line(line, about, partners) {
	const $line = $(`<div class="crm-partner-line" role="group"></div>`).attr(
		"aria-label",
		__("Contact and chains at a glance")
	);
	const alone = partners?.length === 1 ? about : null;
	if (line.last_contact) $line.append(last_contact(line.last_contact, alone));
	for (const { key, numbers, filters } of pieces_of(line)) {
		const opens = () => open_chains({ key, filters }, about, alone);
		$line.append(piece(label_of(key, numbers), opens).attr("data-piece", key));
	}
	return $line;
}

function label_of(key, [number, total]) {
	const labels = {
		ours: () => __("our turn in {0}", [number]),
		open: () => (number === 1 ? __("1 open chain") : __("{0} open chains", [number])),
		decided: () => __("won {0} of {1} decided", [number, total]),
		slow: () => __("{0} slow", [number]),
	};
	return labels[key]();
}

function last_contact(moment, alone) {
	const text = __("Last contact {0}", [frappe.datetime.prettyDate(moment)]);
	// the journal has no field of a document's further activities, which the panel lists
	const $piece = alone
		? piece(text, () => open_filtered(JOURNAL, { ...alone, status: "Done" }))
		: $("<span></span>").text(text);
	return $piece.attr({ "data-piece": "last_contact", title: day_and_time(moment) });
}

const piece = (text, opens) =>
	$(`<button type="button" class="btn-reset crm-line-piece"></button>`).text(text).on("click", opens);

async function open_chains({ key, filters }, about, alone) {
	if (alone) return open_filtered(CHAIN, { ...alone, ...filters });
	const names = await ask(METHODS.chains, { ...about, figure: key });
	return open_filtered(CHAIN, { name: ["in", names] });
}

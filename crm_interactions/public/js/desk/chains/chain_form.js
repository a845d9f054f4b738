import { show_log } from "./chain_log";
import { show_participants } from "./chain_people";
import { chain_link } from "./html";

/** The chain's own form: where it went, who took part, and what was done to it (B1, B2). */
export function show_chain_form(frm) {
	if (frm.doc.status === "Merged" && frm.doc.merged_into) {
		frm.set_intro(
			__("This chain was joined into {0}. Its activities are there.", [
				chain_link(frm.doc.merged_into),
			]),
			"blue"
		);
	} else {
		show_participants(frm);
	}
	show_log(frm);
}

import { show_log } from "./chain_log";
import { show_participants } from "./chain_people";
import { add_dossier_entry } from "./dossier";
import { show_gantt } from "./gantt";
import { chain_link } from "./html";
import { show_banner } from "../platform/banner";

/** Show the log of a chain, its participants or the chain that it was joined into, and the dossier's entry (B1, B2, B7). */
export function show_chain_form(frm) {
	add_dossier_entry(frm);
	if (frm.doc.status === "Merged" && frm.doc.merged_into) {
		show_banner(
			frm,
			__("This chain was joined into {0}, which now holds its activities.", [
				chain_link(frm.doc.merged_into),
			]),
			"blue"
		);
	} else {
		show_participants(frm);
		if (frm.doc.started_on) show_gantt(frm);
	}
	show_log(frm);
}

import { anchor_of } from "../../logic/chain";
import { kinds } from "./kinds";

/**
 * What an action is about: the form, the chain's head and rows as `page` answers them, and the activity, which the
 * chain's own form doesn't have. There `anchor` stands for it where the whole chain is linked.
 */
export function target_of(frm, { chain, rows }) {
	const is_chain = frm.doctype === "Interaction Chain";
	const own_kinds = kinds().flatMap(({ doctype, has_chain }) => (has_chain ? [doctype] : []));
	const activity = is_chain ? null : { activity_type: frm.doctype, activity: frm.docname };
	return {
		frm,
		chain,
		activity,
		anchor: activity || anchor_of(rows, own_kinds),
		reload: () => reload(frm),
	};
}

/** Only what is saved can be linked and parted: reloading would throw away what was typed. */
export async function is_saved(frm) {
	if (frm.is_dirty()) await frm.save();
	return !frm.is_dirty();
}

/** The user may be elsewhere by now. */
function reload(frm) {
	if (window.cur_frm === frm) return frm.reload_doc();
	frappe.model.remove_from_locals(frm.doctype, frm.docname);
}

import { anchor_of } from "../../logic/chain";
import { plans_of } from "../../logic/plans";
import { kinds } from "./kinds";

/**
 * Return the target of an action: form, chain and activity. On the form of a chain `activity` is null, and `anchor`
 * is the activity that represents the chain when it is linked. `plans` are those with planned steps in the panel.
 */
export function target_of(frm, { chain, rows }) {
	const is_chain = frm.doctype === "Interaction Chain";
	const own_kinds = kinds().flatMap(({ doctype, has_chain }) => (has_chain ? [doctype] : []));
	const activity = is_chain ? null : { activity_type: frm.doctype, activity: frm.docname };
	return {
		frm,
		chain,
		activity,
		plans: plans_of(rows),
		anchor: activity || anchor_of(rows, own_kinds),
		reload: () => reload(frm),
	};
}

/**
 * Save a changed form, because actions reload it; return a promise of whether no changes are left.
 *
 * The promise is false if the server refuses the save. It never settles if Frappe stops the save before the request,
 * for missing fields or in client validation.
 */
export async function is_saved(frm) {
	if (frm.is_dirty()) await frm.save();
	return !frm.is_dirty();
}

/** Reload the form if it is still open, else drop the cached document. */
function reload(frm) {
	if (window.cur_frm === frm) return frm.reload_doc();
	frappe.model.remove_from_locals(frm.doctype, frm.docname);
}

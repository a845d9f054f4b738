/**
 * What an action is about: the form, the chain's head as `page` answers it, and the activity, which the chain's own
 * form doesn't have.
 */
export function target_of(frm, chain) {
	const is_chain = frm.doctype === "Interaction Chain";
	return {
		frm,
		chain,
		activity: is_chain ? null : { activity_type: frm.doctype, activity: frm.docname },
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

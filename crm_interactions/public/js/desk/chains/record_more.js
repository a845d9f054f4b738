/**
 * Record a further activity with what is known already: partner, contact and chain.
 *
 * Route options won't do, because the platform doesn't fill a field by them that isn't copied, as the chain is.
 */
export async function record_more(doctype, known, done) {
	await frappe.model.with_doctype(doctype);
	const doc = frappe.model.get_new_doc(doctype, null, null, true);
	for (const [fieldname, value] of Object.entries(known)) {
		if (value && frappe.meta.has_field(doctype, fieldname)) doc[fieldname] = value;
	}
	return frappe.ui.form.make_quick_entry(doctype, done, null, doc);
}

/** What a new activity takes over from the form that it is recorded from. */
export function known_from(frm, chain, parties) {
	if (parties.includes(frm.doctype)) return { party_type: frm.doctype, party: frm.docname };
	const { party_type, party, contact } = frm.doc;
	const from_form = party ? { party_type, party, contact } : {};
	return { party_type: chain.party_type, party: chain.party, ...from_form, chain: chain.name };
}

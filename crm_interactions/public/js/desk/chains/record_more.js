/**
 * Open quick entry with the known values, such as partner, contact and chain; blank and unknown ones are skipped.
 *
 * A type without quick entry opens its form, and `done` isn't called. Route options can't set the
 * chain: Frappe applies them only to fields that may be copied.
 */
export async function record_more(doctype, known, done) {
	await frappe.model.with_doctype(doctype);
	const doc = frappe.model.get_new_doc(doctype, null, null, true);
	for (const [fieldname, value] of Object.entries(known)) {
		if (value && frappe.meta.has_field(doctype, fieldname)) doc[fieldname] = value;
	}
	return frappe.ui.form.make_quick_entry(doctype, done, null, doc);
}

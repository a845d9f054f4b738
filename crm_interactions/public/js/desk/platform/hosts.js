/**
 * A form and a dialog behind one face, so that the rules of partner and contact are written once.
 *
 * id() of the document, get(fieldname), set(values) one after the other, control(fieldname).
 */
export function form_host(frm) {
	return {
		doctype: frm.doctype,
		id: () => frm.docname,
		get: (fieldname) => frm.doc[fieldname],
		control: (fieldname) => frm.fields_dict[fieldname],
		async set(values) {
			for (const [fieldname, value] of Object.entries(values)) {
				await frm.set_value(fieldname, value);
			}
		},
	};
}

export function dialog_host(dialog, doc) {
	return {
		doctype: doc.doctype,
		id: () => doc.name,
		// the partner type isn't asked for where there is only one
		get: (fieldname) => (dialog.fields_dict[fieldname] ? dialog.get_value(fieldname) : doc[fieldname]),
		control: (fieldname) => dialog.fields_dict[fieldname],
		async set(values) {
			for (const [fieldname, value] of Object.entries(values)) {
				if (dialog.fields_dict[fieldname]) await dialog.set_value(fieldname, value);
			}
		},
	};
}

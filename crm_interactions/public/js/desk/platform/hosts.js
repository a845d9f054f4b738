/**
 * Wrap a form in an interface that dialogs have, too, so that both share the rules for partner and contact.
 *
 * It has doctype, id(), get(fieldname), set(values) and control(fieldname); set() awaits each value in turn.
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
		// a dialog may lack fields such as the partner type
		get: (fieldname) => (dialog.fields_dict[fieldname] ? dialog.get_value(fieldname) : doc[fieldname]),
		control: (fieldname) => dialog.fields_dict[fieldname],
		async set(values) {
			for (const [fieldname, value] of Object.entries(values)) {
				if (dialog.fields_dict[fieldname]) await dialog.set_value(fieldname, value);
				else doc[fieldname] = value;
			}
		},
	};
}

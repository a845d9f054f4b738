import { as_typed } from "../../logic/stored_text";

const PLAIN = ["Data", "Small Text", "Text"];

/** Show the stored text of a form's plain fields as typed; Frappe would show the entities of escaped tags. Call once. */
export function show_as_typed(frm) {
	for (const control of frm.fields) {
		const { fieldtype, options } = control.df;
		if (!PLAIN.includes(fieldtype) || options) continue;
		control.format_for_input = as_typed;
		// Frappe shows read-only text of the other types as HTML
		if (fieldtype === "Data") show_read_only_as_typed(control);
	}
}

function show_read_only_as_typed(control) {
	const draw = control.set_disp_area;
	control.set_disp_area = function (value) {
		draw.call(this, value);
		$(this.disp_area).text(as_typed(this.value || value));
	};
}

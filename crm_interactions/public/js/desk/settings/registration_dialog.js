import { field_options, FIELDS, row_values, start_states, start_values } from "../../logic/registration";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";
import { draw_origins, draw_preview, draw_states } from "./registration_parts";

const DELAY = 200; // milliseconds; several changes at once are previewed together

/** Open the dialog that registers a document type, or edits a row of the settings that does, and saves the settings. */
export function open_registration(frm, row = null) {
	return new Registration(frm, row).open();
}

class Registration {
	constructor(frm, row) {
		this.frm = frm;
		this.row = row;
		this.states = [];
		this.origins = [];
		this.asked = 0;
	}

	async open() {
		this.dialog = make_dialog({
			title: this.row ? __("Edit {0}", [__(this.row.document_type)]) : __("Register a Document Type"),
			size: "large",
			fields: this.fields(),
			primary_action_label: this.row ? __("Save") : __("Register"),
			primary_action: (values) => this.save(values),
		});
		this.dialog.$wrapper.addClass("crm-registration");
		this.toggle(false);
		this.dialog.show();
		if (this.row) await this.describe(this.row.document_type);
	}

	fields() {
		const changed = () => this.preview_soon();
		const select = (fieldname, label) => ({
			fieldname,
			label,
			fieldtype: "Select",
			options: [],
			onchange: changed,
		});
		return [
			this.type_field(),
			{ fieldtype: "Section Break", fieldname: "fields_section", label: __("Fields") },
			select("date_field", __("Date")),
			select("title_field", __("Topic")),
			select("party_field", __("Partner")),
			{ fieldtype: "Column Break" },
			select("responsible_field", __("Responsible")),
			{ ...select("status_field", __("Status")), onchange: () => this.choose_status() },
			{
				...select("direction", __("Direction")),
				options: [
					{ value: "", label: __("Not Set") },
					{ value: "Incoming", label: __("Incoming") },
					{ value: "Outgoing", label: __("Outgoing") },
				],
			},
			{ fieldtype: "Section Break", fieldname: "states_section", label: __("Meaning of the Status") },
			{ fieldtype: "HTML", fieldname: "states" },
			{ fieldtype: "Section Break", fieldname: "origins_section", label: __("Created From") },
			{ fieldtype: "HTML", fieldname: "origins" },
			{ fieldtype: "Section Break", fieldname: "preview_section", label: __("Preview") },
			{ fieldtype: "HTML", fieldname: "preview" },
		];
	}

	type_field() {
		const names = (this.frm.doc.sources || []).map((row) => row.document_type).filter(Boolean);
		const filters = { istable: 0, issingle: 0, is_virtual: 0, module: ["!=", "CRM Interactions"] };
		return {
			fieldname: "document_type",
			fieldtype: "Link",
			options: "DocType",
			label: __("Document Type"),
			reqd: 1,
			only_select: 1,
			hidden: this.row ? 1 : 0,
			default: this.row?.document_type,
			get_query: () => ({ filters: names.length ? { ...filters, name: ["not in", names] } : filters }),
			onchange: () => this.choose_type(),
		};
	}

	async choose_type() {
		const doctype = this.dialog?.get_value("document_type");
		if (!this.dialog || this.row || doctype === this.doctype) return;
		this.doctype = null;
		this.toggle(false);
		if (doctype) await this.describe(doctype);
	}

	async describe(doctype) {
		this.doctype = doctype;
		const method = "crm_interactions.api.registration.get_fields";
		const found = await ask(method, { document_type: doctype });
		if (doctype !== this.doctype || !found) return;
		this.found = found;
		const start = start_values(this.row, found.guess);
		this.origins = start.origin_fields;
		const blank = blanks(found.is_submittable);
		for (const name of FIELDS) {
			const options = field_options(found.fields[name], blank[name], start[name]);
			this.dialog.set_df_property(name, "options", options.map(escaped));
		}
		this.is_starting = true;
		for (const name of [...FIELDS, "direction"]) await this.dialog.set_value(name, start[name]);
		this.is_starting = false;
		this.toggle(true);
		this.choose_status();
	}

	toggle(shown) {
		for (const name of ["fields_section", "preview_section"])
			this.dialog.set_df_property(name, "hidden", shown ? 0 : 1);
		for (const name of ["states_section", "origins_section"])
			this.dialog.set_df_property(name, "hidden", 1);
	}

	choose_status() {
		if (!this.found || this.is_starting) return;
		const changed = () => this.preview_soon();
		const { states, fields } = this.found;
		this.states = start_states(this.row, this.dialog.get_value("status_field") || "", states);
		this.show_section("states", this.states.length, ($area) => draw_states($area, this.states, changed));
		this.show_section("origins", fields.origin_fields.length, ($area) =>
			draw_origins($area, fields.origin_fields, this.origins, changed)
		);
		this.preview_soon();
	}

	show_section(name, count, draw) {
		this.dialog.set_df_property(`${name}_section`, "hidden", count ? 0 : 1);
		draw(this.dialog.fields_dict[name].$wrapper.empty());
	}

	values() {
		const chosen = { ...this.dialog.get_values(true), origin_fields: this.origins };
		return row_values(this.doctype, chosen, this.states, this.row);
	}

	preview_soon() {
		if (!this.doctype || this.is_starting) return;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.preview(), DELAY);
	}

	async preview() {
		const number = ++this.asked;
		const source = JSON.stringify(this.values());
		const rows = await ask("crm_interactions.api.registration.preview", { source });
		if (number === this.asked)
			draw_preview(this.dialog.fields_dict.preview.$wrapper.empty(), this.doctype, rows || []);
	}

	async save() {
		if (!this.doctype || !this.found) return;
		const { frm } = this;
		const values = this.values();
		const row = this.row || frm.add_child("sources");
		const before = Object.fromEntries(Object.keys(values).map((name) => [name, row[name]]));
		Object.assign(row, values);
		frm.refresh_field("sources");
		frm.dirty();
		await frm.save();
		if (!frm.is_dirty()) return this.dialog.hide();
		// the server refused the row and said why
		Object.assign(row, before);
		if (!this.row) frappe.model.clear_doc(row.doctype, row.name);
		frm.refresh_field("sources");
	}
}

const escaped = ({ value, label }) => ({ value, label: frappe.utils.escape_html(label) });

function blanks(is_submittable) {
	return {
		date_field: __("Date of creation"),
		title_field: __("Title of the document"),
		party_field: __("None"),
		responsible_field: __("Owner of the document"),
		status_field: is_submittable ? __("Draft, submitted, cancelled") : __("None: always done"),
	};
}

import { default_party_type, only_party_type, party_from_route } from "../../logic/options";
import { has_content } from "../../logic/notes";
import { proposed_status } from "../../logic/status";
import { settings } from "../platform/boot";
import { clock } from "../platform/clock";
import { drop_idle_currencies } from "./currency";
import { name_controls } from "../platform/accessible";
import { tell } from "./log_once";
import { set_primary_action } from "../platform/dialog";
import { guard } from "../platform/dialog_guard";
import { dialog_host } from "../platform/hosts";
import { refresh_list } from "../platform/refresh_list";
import { offer_chains } from "./open_chains";
import * as party from "./party";
import { ask_for_start, propose_planned } from "./planning";
import { settle_timer, show_timer, write_duration } from "./timer_field";
import { propose_direction } from "./types";
import { meeting_quick_entry } from "../meeting/quick_entry";

// field order that follows a call, in rows; "|" starts the second column
const ROWS = [
	["interaction_type", "|", "direction"],
	["status", "|", "starts_on"],
	["party_type", "|", "party"],
	["contact", "|", "how_to_reach"],
	["title"],
	["notes"],
];
const ROWS_OF_ONE_PARTY_TYPE = [
	["interaction_type", "|", "direction"],
	["status", "|", "starts_on"],
	["party", "|", "contact"],
	["how_to_reach", "|", "title"],
	["notes"],
];

const HANDLERS = {
	interaction_type: async (host) => propose_planned(host, await propose_direction(host)),
	party_type: party.on_party_type,
	party: async (host) => {
		await party.on_party(host);
		await offer_chains(host);
	},
	contact: party.on_contact,
	how_to_reach: party.on_how_to_reach,
};

/** Register the quick entries of interactions and meetings under the names by which Frappe finds them. */
export function register_quick_entry() {
	frappe.provide("frappe.ui.form");
	const of_interaction = interaction_quick_entry(frappe.ui.form.QuickEntryForm);
	frappe.ui.form.InteractionQuickEntryForm = of_interaction;
	frappe.ui.form.MeetingQuickEntryForm = meeting_quick_entry(of_interaction);
}

// `this.dialog` is another object in Frappe 15 and the quick entry itself in Frappe 16
const interaction_quick_entry = (QuickEntryForm) =>
	class InteractionQuickEntryForm extends QuickEntryForm {
		set_meta_and_mandatory_fields() {
			super.set_meta_and_mandatory_fields();
			// renamed in Frappe 16
			const key = this.docfields ? "docfields" : "mandatory";
			this[key] = this.arrange(this[key]);
		}

		/** Return the fields in rows; "|" starts the second column, and the last row comes after further fields. */
		rows() {
			return only_party_type(settings()) ? ROWS_OF_ONE_PARTY_TYPE : ROWS;
		}

		/** Return fields that the form lacks, or that replace those of the form; `by_name` has the form's. */
		own_fields(_by_name) {
			return [];
		}

		handlers() {
			return HANDLERS;
		}

		arrange(docfields) {
			const usual = this.rows();
			// the partner type is in no row if there is only one
			const known = new Set([...usual.flat(), "party_type"]);
			const further = docfields.filter((df) => !known.has(df.fieldname) && !df.default);
			const rows = [...usual.slice(0, -1), ...further.map((df) => [df.fieldname]), ["notes"]];
			const by_name = new Map(docfields.map((df) => [df.fieldname, df]));
			by_name.set("status", frappe.meta.get_docfield(this.doctype, "status"));
			by_name.set("|", { fieldtype: "Column Break" });
			for (const df of this.own_fields(by_name)) by_name.set(df.fieldname, df);
			return rows.flatMap((row) => [
				{ fieldtype: "Section Break", hide_border: 1 },
				// an administrator may have removed a field from quick entry
				...row.map((name) => by_name.get(name)).filter(Boolean),
			]);
		}

		check_quick_entry_doc() {
			super.check_quick_entry_doc();
			const { doc } = this;
			drop_idle_currencies(doc);
			const came_from = doc.party ? null : party_from_route(frappe.get_route(), settings());
			if (came_from) Object.assign(doc, came_from);
			if (!doc.party_type) doc.party_type = default_party_type(settings());
			if (!doc.status)
				doc.status = proposed_status(doc.starts_on, frappe.datetime.system_datetime(), clock);
		}

		render_dialog() {
			super.render_dialog();
			this.host = dialog_host(this.dialog, this.doc);
			this.dialog.$wrapper.addClass("crm-quick-entry");
			this.dialog.$wrapper.find(".modal-dialog").addClass("modal-lg");
			guard(this.dialog);
			name_controls(this.dialog);
			this.wire();
			party.setup_party_fields(this.host);
			party.guard_contact(this.host);
			this.show_timer();
			this.follow_status();
			offer_chains(this.host);
		}

		wire() {
			for (const [fieldname, handler] of Object.entries(this.handlers())) {
				const control = this.host.control(fieldname);
				if (control) control.df.onchange = () => handler(this.host);
			}
			const status = this.host.control("status");
			if (status) status.df.onchange = () => this.follow_status();
			const party_control = this.host.control("party");
			if (party_control) party_control.df.get_options = () => this.host.get("party_type");
			this.host.control("how_to_reach")?.set_description("");
		}

		/** Remove the handlers: the full form shares these fields and has its own handlers. */
		unwire() {
			for (const fieldname of [...Object.keys(this.handlers()), "status", "starts_on"]) {
				const control = this.host.control(fieldname);
				if (!control) continue;
				delete control.df.onchange;
				delete control.df.get_options;
				if (fieldname === "starts_on") control.df.hidden = 0;
			}
		}

		/** Ask for date and time of a planned interaction; another one takes place now, and the timer runs. */
		async follow_status() {
			const { host, doc } = this;
			doc.status = host.get("status");
			const is_planned = doc.status === "Planned";
			if (host.control("starts_on"))
				this.dialog.set_df_property("starts_on", "hidden", is_planned ? 0 : 1);
			await ask_for_start(host);
			doc.starts_on = host.get("starts_on") || null;
			settle_timer(doc);
			this.$timer?.toggle(!is_planned);
		}

		open_doc(set_hooks) {
			// Frappe doesn't carry emptied fields over to the form
			this.doc.starts_on = this.host.get("starts_on") || null;
			this.unwire();
			return super.open_doc(set_hooks);
		}

		show_timer() {
			if (!settings().timer_enabled) return;
			const $place = $(`<div class="crm-quick-entry-timer"></div>`).attr("title", __("Duration"));
			this.dialog.$wrapper.find(".modal-header .title-section").append($place);
			show_timer($place, this.doc);
			this.$timer = $place;
		}

		register_primary_action() {
			set_primary_action(this.dialog, __("Save"), () => this.save());
		}

		/** Save the document; keep the dialog open on errors, where Frappe would open the form. */
		async save() {
			this.dialog.working = true;
			try {
				if (this.script_manager) await this.script_manager.trigger("validate");
				this.finish(await this.save_document());
			} catch {
				// Frappe has already shown the server's message
			} finally {
				this.dialog.working = false;
			}
		}

		save_document() {
			this.update_doc();
			// an untouched editor returns empty paragraphs
			if (!has_content(this.doc.notes)) this.doc.notes = "";
			write_duration(this.doc);
			return frappe.xcall("frappe.client.save", { doc: this.doc });
		}

		finish(saved) {
			frappe.model.clear_doc(this.doctype, this.doc.name);
			this.doc = this.dialog.doc = saved;
			this.dialog.hide();
			tell(saved);
			if (frappe._from_link) return frappe.ui.form.update_calling_link(saved);
			if (this.after_insert) return this.after_insert(saved);
			// without socketio the list isn't updated
			if (cur_list && cur_list.doctype === this.doctype) refresh_list();
			this.open_form_if_not_list();
		}
	};

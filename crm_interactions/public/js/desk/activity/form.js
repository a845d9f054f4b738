import { hidden_fields, default_party_type, party_from_route } from "../../logic/options";
import { proposed_status } from "../../logic/status";
import { proposed_duration } from "../../logic/timer";
import { settings } from "../platform/boot";
import { clock } from "../platform/clock";
import { add_completion_buttons, lock_when_completed, show_completion } from "./completion";
import { add_converting_buttons } from "./converting";
import { currency_handlers, drop_idle_currencies } from "./currency";
import { form_host } from "../platform/hosts";
import { ask_about_next_step, next_step_handlers, setup_next_step, show_next_step } from "./next_step";
import { once } from "../platform/once";
import { show_source_files } from "../capture/source_files";
import { show_as_typed } from "../platform/plain_fields";
import { setup_participant_queries, setup_participants } from "./participants";
import { offer_chains, remove_offer, show_chosen_chain } from "./open_chains";
import * as party from "./party";
import { setup_resource_queries } from "../meeting/resources";
import { ask_for_start, propose_planned } from "./planning";
import { show_start_presets } from "./start_presets";
import { forget_timer, is_timed, settle_timer, show_timer, is_default_start } from "./timer_field";
import { timer_of, write_duration } from "./timer_field";
import { offer_shift, remember_start, take_start } from "../plans/shift_dialog";
import { propose_direction, propose_meeting_type } from "./types";

/** Register the form handlers of Interaction or Meeting, and those of participant rows; repeated calls do nothing. */
export function setup_activity_form(doctype) {
	once(doctype, () => frappe.ui.form.on(doctype, forms_only(handlers())));
	setup_participants();
}

/** Restrict handlers to forms: Frappe 16 also runs them in quick entry, which has its own handlers. */
function forms_only(all) {
	const guarded = {};
	for (const [event, handler] of Object.entries(all)) {
		guarded[event] = (frm, ...rest) =>
			frm instanceof frappe.ui.form.Form ? handler(frm, ...rest) : undefined;
	}
	return guarded;
}

function handlers() {
	return {
		...currency_handlers(),
		...next_step_handlers(),
		setup(frm) {
			party.setup_party_fields(form_host(frm));
			show_as_typed(frm);
			for (const fieldname of ["notes", "agenda", "place", "reason"]) {
				frm.fields_dict[fieldname]?.$wrapper.addClass("crm-short-editor");
			}
			setup_participant_queries(frm);
			setup_next_step(frm);
			setup_resource_queries(frm);
			frm.set_query("value", "dictionary_values", (doc, cdt, cdn) => ({
				filters: { disabled: 0, dictionary: locals[cdt][cdn].dictionary },
			}));
			frm.set_query("dictionary", "dictionary_values", () => ({ filters: { disabled: 0 } }));
		},
		// onload would run concurrently with Frappe's filling of link fields
		before_load(frm) {
			if (frm.is_new()) propose(frm);
		},
		onload(frm) {
			if (frm.is_new() && frm.doctype === "Meeting") propose_meeting_type(form_host(frm));
		},
		before_save: take_start,
		after_save: offer_shift,
		refresh(frm) {
			const host = form_host(frm);
			for (const fieldname of hidden_fields(settings())) frm.toggle_display(fieldname, false);
			party.hide_only_party_type(host);
			const has_subjects = Boolean((settings().subject_types || []).length || frm.doc.subject);
			frm.toggle_display(["subject_type", "subject"], has_subjects);
			lock_when_completed(frm);
			show_completion(frm);
			add_completion_buttons(frm);
			add_converting_buttons(frm);
			show_next_step(frm);
			show_source_files(frm);
			if (!frm.doc.completed) party.guard_contact(host);
			if (!frm.is_new() && !frm.is_dirty()) forget_timer(frm.doc);
			if (!frm.is_dirty()) remember_start(frm);
			refresh_timer(frm);
			if (frm.is_new()) offer_chains(host);
			else remove_offer(host);
			show_start_presets(host, frm.is_new() && frm.doc.status === "Planned");
		},
		validate(frm) {
			write_duration(frm.doc);
		},
		async interaction_type(frm) {
			if (!frm.is_new()) return;
			const type = await propose_direction(form_host(frm));
			await propose_planned(form_host(frm), type);
			const duration = settings().timer_enabled ? 0 : proposed_duration(frm.doc, type);
			if (duration) await frm.set_value("duration", duration);
		},
		party_type: (frm) => party.on_party_type(form_host(frm)),
		async party(frm) {
			await party.on_party(form_host(frm));
			if (frm.is_new()) await offer_chains(form_host(frm));
		},
		chain: (frm) => show_chosen_chain(form_host(frm)),
		contact: (frm) => party.on_contact(form_host(frm)),
		how_to_reach: (frm) => party.on_how_to_reach(form_host(frm)),
		starts_on(frm) {
			if (!frm.is_new()) return;
			settle_timer(frm.doc);
			propose_status(frm);
			refresh_timer(frm);
		},
		status(frm) {
			settle_timer(frm.doc);
			refresh_timer(frm);
			ask_about_next_step(frm);
			if (frm.is_new()) ask_for_start(form_host(frm));
		},
		ends_on: refresh_timer,
		duration(frm) {
			timer_of(frm.doc).correct(frm.doc.duration);
			refresh_timer(frm);
		},
	};
}

/** Fill in partner, priority and status of a new document, and the fields of the organisation. */
function propose(frm) {
	const { doc } = frm;
	const boot = settings();
	drop_idle_currencies(doc);
	const came_from = doc.party ? null : party_from_route(frappe.get_prev_route(), boot);
	if (came_from) Object.assign(doc, came_from);
	if (!doc.party_type) doc.party_type = default_party_type(boot);
	if (!doc.priority) doc.priority = boot.default_priority;
	// a meeting is usually planned, so its start is asked for unless a calendar has chosen it
	if (doc.doctype === "Meeting" && !doc.status && is_default_start(doc.starts_on)) {
		Object.assign(doc, { status: "Planned", starts_on: null });
	}
	if (!doc.status) doc.status = proposed_status(doc.starts_on, frappe.datetime.system_datetime(), clock);
	for (const [fieldname, value] of Object.entries(boot.organisation || {})) {
		if (frm.fields_dict[fieldname] && !doc[fieldname]) doc[fieldname] = value;
	}
}

function propose_status(frm) {
	if (!frm.doc.starts_on) return;
	const status = proposed_status(frm.doc.starts_on, frappe.datetime.system_datetime(), clock);
	if (["", "Planned", "Held"].includes(frm.doc.status || "")) return frm.set_value("status", status);
}

function refresh_timer(frm) {
	const control = frm.fields_dict.timer;
	const shown = is_timed(frm.doc) && !frm.doc.ends_on;
	frm.toggle_display("timer", shown);
	if (!shown || !control) return;
	show_timer(control.$wrapper, frm.doc, () => {
		// starting the timer of a planned activity means that it takes place
		if (frm.doc.status === "Planned" && !frm.is_new()) frm.set_value("status", "Held");
	});
}

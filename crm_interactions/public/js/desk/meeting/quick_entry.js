import { only_party_type } from "../../logic/options";
import { escaped } from "../chains/html";
import { settings } from "../platform/boot";
import { ask_for_start } from "../activity/planning";
import { is_default_start } from "../activity/timer_field";
import { propose_meeting_type } from "../activity/types";
import { show_availability } from "./availability";

// the day stands below the time and the people of whom it tells
const TIME_AND_PEOPLE = [
	["starts_on", "|", "duration"],
	["colleagues", "|", "rooms"],
	["availability"],
	["place"],
	["interaction_type", "|", "status"],
	["notes"],
];
const ROWS = [["party_type", "|", "party"], ["contact", "|", "title"], ...TIME_AND_PEOPLE];
const ROWS_OF_ONE_PARTY_TYPE = [["party", "|", "contact"], ["title"], ...TIME_AND_PEOPLE];

/**
 * Return the quick entry of meetings: colleagues and resources are chosen beside the time, and the day is drawn (R13, R14).
 *
 * @param QuickEntry the quick entry of interactions
 */
export const meeting_quick_entry = (QuickEntry) =>
	class MeetingQuickEntryForm extends QuickEntry {
		rows() {
			return only_party_type(settings()) ? ROWS_OF_ONE_PARTY_TYPE : ROWS;
		}

		own_fields(by_name) {
			const place = by_name.get("place");
			return [
				...(place ? [{ ...place, fieldtype: "Small Text" }] : []),
				{ ...by_name.get("notes"), depends_on: "eval:doc.status === 'Held'" },
				pills("colleagues", __("Colleagues"), "User", { enabled: 1, user_type: "System User" }),
				pills("rooms", __("Resources"), "Meeting Resource", { disabled: 0 }),
				{ fieldname: "availability", fieldtype: "HTML" },
			];
		}

		handlers() {
			const draw = () => this.draw_day();
			return { ...super.handlers(), starts_on: draw, duration: draw, colleagues: draw, rooms: draw };
		}

		/** A meeting is usually planned: `ask_for_start` empties the start, unless a calendar has chosen it. */
		check_quick_entry_doc() {
			const given = this.doc?.status;
			super.check_quick_entry_doc();
			if ((!given || given === "Planned") && is_default_start(this.doc.starts_on)) {
				this.doc.status = "Planned";
			}
			// people are invited by the addresses of the participants
			this.doc.how_to_reach = "";
			this.given = { participants: this.doc.participants || [], resources: this.doc.resources || [] };
		}

		render_dialog() {
			super.render_dialog();
			this.dialog.$wrapper.addClass("crm-meeting-entry");
			// the server invites the contact, and a meeting needs a participant of the partner
			this.dialog.set_df_property("contact", "reqd", 1);
			propose_meeting_type(this.host);
			this.draw_day();
		}

		unwire() {
			super.unwire();
			this.dialog.set_df_property("contact", "reqd", 0);
		}

		async follow_status() {
			this.doc.status = this.host.get("status");
			await ask_for_start(this.host);
			this.$timer?.toggle(this.doc.status !== "Planned");
			this.draw_day();
		}

		draw_day() {
			const place = this.host?.control("availability")?.$wrapper.get(0);
			if (!place) return;
			const { host } = this;
			const values = {
				starts_on: host.get("starts_on"),
				duration: host.get("duration"),
				responsible: this.doc.responsible || frappe.session.user,
				participants: [...this.given.participants, ...this.colleagues()],
				resources: [...this.given.resources, ...this.rooms()],
				__islocal: 1,
			};
			show_availability(place, host.get("status") === "Planned" ? values : null);
		}

		colleagues() {
			const chosen = this.host.get("colleagues") || [];
			return chosen.map((participant) => ({ participant_type: "User", participant, side: "Ours" }));
		}

		rooms() {
			return (this.host.get("rooms") || []).map((resource) => ({ resource }));
		}

		/** Turn the chosen colleagues and resources into rows of the meeting; those of an earlier attempt are replaced. */
		update_doc() {
			const doc = super.update_doc() || this.doc;
			for (const fieldname of ["colleagues", "rooms", "availability"]) delete doc[fieldname];
			this.set_rows(doc, "participants", "Interaction Participant", this.colleagues());
			this.set_rows(doc, "resources", "Activity Resource", this.rooms());
			return doc;
		}

		set_rows(doc, table, doctype, rows) {
			doc[table] = [...this.given[table]];
			for (const row of rows) Object.assign(frappe.model.add_child(doc, doctype, table), row);
		}
	};

/** Return a field to choose several records; those of a user are shown with their full names. */
function pills(fieldname, label, doctype, filters) {
	return {
		fieldname,
		label,
		fieldtype: "MultiSelectPills",
		async get_data(txt) {
			const found = await frappe.db.get_link_options(doctype, txt, filters);
			// Frappe shows labels as HTML
			return found.map(({ value, label: name, description }) => ({
				value,
				label: escaped(
					doctype === "User" ? frappe.user_info(value).fullname || name || value : value
				),
				description: escaped(doctype === "User" ? value : description || ""),
			}));
		},
	};
}
